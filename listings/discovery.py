"""Reading what the apps declare in a module of a given name, as Django admin does with `admin.py`."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def declared(module: str, attribute: str) -> list[Any]:
    """Return the entries of one extension point, app by app in their installed order."""
    found: list[Any] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, module):
            found.extend(getattr(import_module(f"{config.name}.{module}"), attribute, ()))
    return found


def words_for(label: Any, user: Any) -> Any:
    """Return a declared label: the word itself, or what its function gives the person."""
    return label(user) if callable(label) else label
