"""Writing what was checked: one statement, in one transaction, on record once."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Field, GeneratedField

from listings.importing.checking import Counts, differs, inside, joined
from listings.importing.spec import FoundPolicy, ImportSpec
from listings.importing.sql import ask, quoted, words_gathered
from regions.scope import ScopeEntry


def fields_of(spec: ImportSpec) -> list[Field]:
    """Return every field that a new row needs a value for."""
    return [
        field
        for field in spec.model._meta.local_concrete_fields
        if not field.primary_key and not isinstance(field, GeneratedField)
    ]


def write(
    table: str,
    spec: ImportSpec,
    entries: tuple[ScopeEntry, ...],
    *,
    at: datetime,
    today: date,
    policy: str = FoundPolicy.UPDATE,
) -> Counts:
    """Insert the new records and, if the policy is to update, write those that differ; the rest is not touched.

    The conditions stand in the statement once more, so that a record that appeared in between is not written over
    outside the person's area.
    """
    params: dict[str, Any] = {"at": at, "today": today}
    values = [value_of(spec, field, params) for field in fields_of(spec)]
    columns = [quoted(field.column) for field in fields_of(spec)]
    given = [
        quoted(spec.db_column(name)) for name in (column.name for column in spec.filling if not column.opens)
    ]
    stamped = [quoted(spec.db_column(name)) for name in spec.stamps]
    keys = [quoted(spec.db_column(name)) for name in spec.keys]
    updated = [name for name in dict.fromkeys([*given, *stamped]) if name not in keys]
    # The owners of rows were looked up within the posts.
    covered, scope_params = ("true", {}) if spec.owner else inside("filed", spec, entries)
    target, own_params = ("true", {}) if spec.owner else inside("target", spec, entries)
    if policy != FoundPolicy.UPDATE:
        covered = target = "false"
    sql = f"""
        WITH written AS (
            INSERT INTO "{spec.table}" AS target ({", ".join(columns)})
            SELECT {", ".join(values)} {joined(table, spec)}
            WHERE filed.id IS NULL OR (({covered}) AND ({differs(spec)}))
            ORDER BY staged.row_no
            ON CONFLICT ({", ".join(keys)}) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in updated)}
            WHERE {target}
            RETURNING xmax = 0 AS is_new
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
            (SELECT count(*) FROM "{table}") FROM written
    """  # noqa: S608 - names come from the model, values are parameters
    with words_gathered(spec.table):
        [(new, changed, total)] = ask(sql, {**params, **scope_params, **own_params})
    return Counts(new, changed, total - new - changed)


def value_of(spec: ImportSpec, field: Field, params: dict[str, Any]) -> str:
    """Return the value of a field: the cell, else what is on file, else the model's own default."""
    name = quoted(field.column)
    if field.name in spec.stamps:
        return f"({spec.stamps[field.name]})"
    parts = [f"filed.{name}"]
    given = next((column for column in spec.filling if column.name == field.name), None)
    if given and given.empties:
        return f"CASE WHEN staged.{name} = '{given.empties}' THEN NULL ELSE COALESCE(staged.{name}, filed.{name}) END"
    if given:
        parts.insert(0, spec.staged_value(given))
    default = field.get_db_prep_save(field.get_default(), connection)
    if default is not None:
        params[f"default_{field.name}"] = default
        parts.append(f"%(default_{field.name})s::{field.db_type(connection)}")
    return f"COALESCE({', '.join(parts)})"
