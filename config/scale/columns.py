"""An INSERT … SELECT that names every column of a model, so that a new column never breaks the load."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


def insert(model: type[models.Model], given: Mapping[str, str], source: str) -> str:
    """Return the statement that fills the model from `source`; columns not given are left blank."""
    fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
    if unknown := set(given) - {field.column for field in fields}:
        raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}.")
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(given.get(field.column, blank(field)) for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {values} {source}'  # noqa: S608 - no input


def blank(field: models.Field) -> str:
    """Return what a form left empty would write, as SQL."""
    if field.null:
        return "NULL"
    if isinstance(field, ArrayField):
        return "'{}'"
    if isinstance(field, models.JSONField):
        return "'{}'::jsonb"
    return literal(field.get_default())


def literal(value: Any) -> str:
    """Return a default as SQL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value or "").replace("'", "''") + "'"
