"""All tables by name: what apps declare in their own `lifecycle.py` as LIFECYCLES."""

from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

from audit import phrases
from lifecycle.table import Lifecycle

_tables: dict[str, Lifecycle] = {}


def register(lifecycle: Lifecycle) -> None:
    """Add a table, and give the audit trail its words."""
    if _tables.setdefault(lifecycle.name, lifecycle) is not lifecycle:
        raise ImproperlyConfigured(f"Two lifecycles are called {lifecycle.name!r}.")
    for verb in lifecycle.verbs:
        phrases.register(lifecycle.audit_verb(verb), verb.label_done or verb.label)


def discover() -> None:
    """Read LIFECYCLES from the `lifecycle` module of every app that has one."""
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "lifecycle"):
            for lifecycle in import_module(f"{app.name}.lifecycle").LIFECYCLES:
                register(lifecycle)


def tables() -> list[Lifecycle]:
    """Return every table, by name."""
    return [_tables[name] for name in sorted(_tables)]


def find(name: str) -> Lifecycle:
    """Return the table of that name; raise LookupError when no app declares it."""
    try:
        return _tables[name]
    except KeyError as error:
        raise LookupError(f"No app declares the lifecycle {name!r}.") from error


def of(obj: Model | type[Model]) -> Lifecycle:
    """Return the table that a record follows.

    A model with several tables says which by `lifecycle_name`; otherwise there is just one for the model.
    """
    if name := getattr(obj, "lifecycle_name", None):
        return find(name)
    label = obj._meta.label
    found = [table for table in _tables.values() if table.model == label]
    if len(found) != 1:
        raise LookupError(f"{label} has {len(found)} lifecycles; give it `lifecycle_name`.")
    return found[0]
