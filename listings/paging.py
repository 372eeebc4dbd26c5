"""Which rows a page holds: their keys from the index alone, far pages from where the last one ended.

PostgreSQL sorts NULL as the largest value, in either direction; so does what stands here, because an index does too.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db.models import Field, IntegerField, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from listings.counting import up_to

# From here on the next page begins behind the last row, instead of counting the rows before it once more.
DEEP = 1000
LONGEST = 400


def field_of(model: type[Model], path: str) -> Field:
    """Return the field that a sort path ends at."""
    found: Any = None
    for name in path.split("__"):
        found = model._meta.get_field(name)
        model = found.related_model or model
    return found


def is_nullable(model: type[Model], path: str) -> bool:
    """Say whether a value may be missing anywhere along the path."""
    for name in path.split("__"):
        found = model._meta.get_field(name)
        if found.null:
            return True
        model = found.related_model or model
    return False


def mark_of(value: Any, key: int) -> str:
    """Write down where a page ended, for its address."""
    plain = value.isoformat() if isinstance(value, date) else value
    if not isinstance(plain, str | int | float | bool | None):
        plain = str(plain)
    return urlsafe_b64encode(json.dumps([plain, key]).encode()).decode().rstrip("=")


def read_mark(text: str, field: Field) -> tuple[Any, int] | None:
    """Return where a page ended, or None for what is no such mark."""
    if not text or len(text) > LONGEST:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return field.to_python(value), int(key)
    except (NotBase64, ValueError, TypeError, ValidationError):
        return None


def behind(model: type[Model], sort: str, tie: str, value: Any, key: int) -> Q:
    """Return the condition of rows that come after the given one.

    The first part alone bounds the index scan; an OR would not.
    """
    path, down = sort.lstrip("-"), sort.startswith("-")
    beyond = "lt" if down else "gt"
    tied = Q(**{f"{tie}__{beyond}": key})
    missing = Q(**{f"{path}__isnull": True})
    if value is None:
        return (missing & tied) | ~missing if down else missing & tied
    rest = Q(**{f"{path}__{beyond}": value}) | (Q(**{path: value}) & tied)
    if not down and is_nullable(model, path):
        return rest | missing
    return Q(**{f"{path}__{beyond}e": value}) & rest


def keys(rows: QuerySet, sort: str, start: int, size: int) -> list[tuple[Any, Any]]:
    """Return (key, sort value) of the page's rows."""
    return list(rows.values_list("pk", sort.lstrip("-"))[start : start + size])


def opening(rows: QuerySet, sort: str, size: int, limit: int) -> tuple[list[tuple[Any, Any]], int]:
    """Return the same of the first page, and the number of rows up to one more than the limit: one statement."""
    try:
        sql, given = up_to(rows, limit).query.sql_with_params()
    except EmptyResultSet:
        return [], 0
    number = RawSQL(f"(SELECT count(*) FROM ({sql}) AS up_to)", given, IntegerField())  # noqa: S608, S611 - Django's own SQL
    found = list(rows.annotate(rows_in_all=number).values_list("pk", sort.lstrip("-"), "rows_in_all")[:size])
    return [(key, value) for key, value, _number in found], found[0][2] if found else 0
