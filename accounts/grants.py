"""What each role may do: declared by the apps in their `permissions.py`, read once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def granted_roles() -> Mapping[str, frozenset[str]]:
    """Return the roles that hold each permission; two apps that grant the same one add up."""
    found: dict[str, set[str]] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "permissions"):
            grants = getattr(import_module(f"{config.name}.permissions"), "GRANTS", {})
            for permission, roles in grants.items():
                found.setdefault(permission, set()).update(str(role) for role in roles)
    return {permission: frozenset(roles) for permission, roles in found.items()}
