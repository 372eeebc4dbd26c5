"""All kinds of documents, declared by the apps in their `paperwork.py`."""

from dataclasses import asdict, fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any, get_args, get_type_hints

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from paperwork.blocks import DocumentKind


@cache
def registry() -> dict[str, DocumentKind]:
    """Return every kind by its code."""
    found: dict[str, DocumentKind] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "paperwork"):
            for kind in getattr(import_module(f"{config.name}.paperwork"), "KINDS", ()):
                if found.setdefault(kind.code, kind) is not kind:
                    raise ImproperlyConfigured(f"Two kinds of documents are called {kind.code}.")
    return found


def freeze(kind: DocumentKind, facts: Any) -> dict[str, Any]:
    """Return the facts as plain data; raises TypeError when they are not those the kind declares."""
    if type(facts) is not kind.facts:
        raise TypeError(f"{kind.code} takes {kind.facts.__name__}, not {type(facts).__name__}.")
    return asdict(facts)


def thaw(kind: DocumentKind, data: dict[str, Any]) -> Any:
    """Return the facts from plain data; raises TypeError for an unknown or a missing field."""
    return build(kind.facts, data)


def build(shape: type[Any], data: dict[str, Any]) -> Any:
    """Make a dataclass from plain data, its nested tuples of dataclasses too."""
    hints = get_type_hints(shape)
    unknown = set(data) - {field.name for field in fields(shape)}
    if unknown:
        raise TypeError(f"{shape.__name__} has no {sorted(unknown)}.")
    return shape(**{name: grown(hints[name], value) for name, value in data.items()})


def grown(hint: Any, value: Any) -> Any:
    """Turn lists back into tuples, and mappings into the dataclasses they were."""
    if isinstance(value, list | tuple):
        inner = (get_args(hint) or (Any,))[0]
        return tuple(grown(inner, one) for one in value)
    return build(hint, value) if is_dataclass(hint) and isinstance(value, dict) else value
