"""What only the whole file and the database can say: one statement for each question, never one for each row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from listings.importing import owners
from listings.importing.places import unknown_code_sentences
from listings.importing.spec import OWNER_CODE, FoundPolicy, ImportSpec, Staging
from listings.importing.sql import ask, quoted
from listings.importing.staging import Errors
from regions.scope import ScopeEntry
from regions.words import listed

# Codes named in a sentence about doubles.
ROWS_NAMED = 5


@dataclass(frozen=True)
class Counts:
    """What writing the staged rows would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def joined(table: str, spec: ImportSpec) -> str:
    """Return the FROM of every question: the staged rows, each with its record, if there is one."""
    keys = [quoted(spec.db_column(name)) for name in spec.keys]
    same = " AND ".join(f"filed.{key} = staged.{key}" for key in keys)
    return f'FROM "{table}" staged LEFT JOIN "{spec.table}" filed ON {same}'


def find(
    table: str,
    spec: ImportSpec,
    entries: tuple[ScopeEntry, ...],
    today: date,
    staging: Staging | None = None,
) -> Errors:
    """Return what is wrong with staged rows beyond their single cells; `staging` has the other sheets of the workbook."""
    found: Errors = {}
    questions = owned(table, spec, entries, staging) if spec.owner else placed(table, spec, entries)
    if staging and staging.found == FoundPolicy.STOP:
        questions.append((spec.keys[-1], on_file(table, spec)))
    for name, rows in (*questions, *missing(table, spec)):
        for row_no, sentence in rows:
            found.setdefault(row_no, {}).setdefault(name, sentence)
    for check in spec.checks:
        for row_no, name, sentence in check(table, spec, today):
            found.setdefault(row_no, {}).setdefault(name, sentence)
    return found


Question = tuple[str, list[tuple[int, str]]]


def placed(table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> list[Question]:
    """Ask what is asked of records that have a place of their own."""
    return [
        (spec.key_name, doubles(table, spec)),
        (spec.place_name, unknown_places(table, spec)),
        (spec.place_name, places_outside(table, spec, entries)),
        (spec.key_name, records_outside(table, spec, entries)),
    ]


def on_file(table: str, spec: ImportSpec) -> list[tuple[int, str]]:
    """Find rows whose record is on file, in an import that is to stop at them."""
    rows = ask(f"SELECT row_no {joined(table, spec)} WHERE filed.id IS NOT NULL")  # noqa: S608
    return [(row_no, on_file_sentence()) for (row_no,) in rows]


def on_file_sentence() -> str:
    """Say why a row whose record is on file is refused."""
    return _("On file already, and this import is to stop at such rows.")


def owned(
    table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...], staging: Staging | None
) -> list[Question]:
    """Look up the owners, and ask what is asked of rows that belong to one."""
    owners.look_up(table, spec, entries, staging)
    unknown = ask(
        f'SELECT row_no FROM "{table}" staged '  # noqa: S608
        f'WHERE staged."{OWNER_CODE}" IS NOT NULL AND staged.{quoted(spec.db_column(spec.owner.name))} IS NULL'
    )
    return [
        (spec.key_name, [(row_no, owners.unknown_sentence(spec, staging)) for (row_no,) in unknown]),
        (spec.keys[-1], doubles(table, spec)),
    ]


def doubles(table: str, spec: ImportSpec) -> list[tuple[int, str]]:
    """Rows that share their key: which of them is right, nobody can tell but the sender."""
    keys = [quoted(spec.db_column(name)) for name in spec.keys]
    groups = ask(
        f'SELECT array_agg(row_no ORDER BY row_no) FROM "{table}" '  # noqa: S608
        f"WHERE {' AND '.join(f'{key} IS NOT NULL' for key in keys)} "
        f"GROUP BY {', '.join(keys)} HAVING count(*) > 1"
    )
    found = []
    for (numbers,) in groups:
        for row_no in numbers:
            others = [str(number) for number in numbers if number != row_no][:ROWS_NAMED]
            found.append((row_no, _("The same as in row %(rows)s.") % {"rows": listed(others)}))
    return found


def unknown_places(table: str, spec: ImportSpec) -> list[tuple[int, str]]:
    """Rows in a division that does not exist."""
    place = quoted(spec.db_column(spec.place_name))
    regions = spec.field(spec.place_name).related_model._meta.db_table
    rows = ask(
        f'SELECT row_no, staged.{place} FROM "{table}" staged '  # noqa: S608
        f'LEFT JOIN "{regions}" known ON known.code = staged.{place} '
        f"WHERE staged.{place} IS NOT NULL AND known.code IS NULL"
    )
    sentences = unknown_code_sentences({code for _row_no, code in rows})
    return [(row_no, sentences[code]) for row_no, code in rows]


def places_outside(table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> list[tuple[int, str]]:
    """Rows that would lie outside the posts by which the person imports."""
    covered, params = inside("staged", spec, entries, otherwise="filed")
    place = quoted(spec.db_column(spec.place_name))
    rows = ask(
        f"SELECT row_no {joined(table, spec)} "  # noqa: S608
        f"WHERE COALESCE(staged.{place}, filed.{place}) IS NOT NULL AND NOT ({covered})",
        params,
    )
    return [(row_no, _("Outside the area or the industry of your post.")) for (row_no,) in rows]


def records_outside(table: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> list[tuple[int, str]]:
    """Rows whose record exists, but with somebody else."""
    covered, params = inside("filed", spec, entries)
    rows = ask(
        f"SELECT row_no {joined(table, spec)} WHERE filed.id IS NOT NULL AND NOT ({covered})",  # noqa: S608
        params,
    )
    return [(row_no, _("On file outside your area; ask that place to hand it over.")) for (row_no,) in rows]


def missing(table: str, spec: ImportSpec) -> list[tuple[str, list[tuple[int, str]]]]:
    """Rows that open a new record and lack what every record needs."""
    needed = [column.name for column in spec.columns if column.required]
    lacks = ", ".join(f"staged.{quoted(spec.staged_column(name))} IS NULL" for name in needed)
    rows = ask(f"SELECT row_no, ARRAY[{lacks}] {joined(table, spec)} WHERE filed.id IS NULL")  # noqa: S608
    sentence = _("Fill this in.")
    return [
        (name, [(row_no, sentence) for row_no, empty in rows if empty[place]])
        for place, name in enumerate(needed)
    ]


def inside(
    alias: str, spec: ImportSpec, entries: tuple[ScopeEntry, ...], otherwise: str = ""
) -> tuple[str, dict[str, Any]]:
    """Return the condition that a row lies within one of the posts; `otherwise` gives what its own cells leave open.

    A post for one enterprise or one grid imports nothing, and no post at all neither.
    """
    fields = spec.model._default_manager.none().scope_fields
    params: dict[str, Any] = {}
    found = []
    for number, entry in enumerate(entries):
        if entry.enterprise_id or entry.grid or not entry.region or (entry.industry and not fields.industry):
            continue
        parts = [(spec.place_name, entry.region, True)]
        if entry.industry:
            parts.append((fields.industry, entry.industry, False))
        tests = []
        for name, value, starts in parts:
            column = quoted(spec.db_column(name))
            cell = f"COALESCE({alias}.{column}, {otherwise}.{column})" if otherwise else f"{alias}.{column}"
            params[f"post_{number}_{name}"] = value
            value_sql = f"%(post_{number}_{name})s"
            tests.append(f"starts_with({cell}, {value_sql})" if starts else f"{cell} = {value_sql}")
        found.append("COALESCE(" + " AND ".join(tests) + ", false)")
    return " OR ".join(found) or "false", params


def remove(table: str, errors: Errors) -> None:
    """Take the wrong rows out of the table: what remains is what will be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM "{table}" WHERE wrong OR row_no = ANY(%s)',  # noqa: S608
            [list(errors)],
        )


def count(table: str, spec: ImportSpec, policy: str = FoundPolicy.UPDATE) -> Counts:
    """Return what writing the remaining rows would do."""
    rows = ask(
        "SELECT count(*) FILTER (WHERE filed.id IS NULL), "  # noqa: S608
        f"count(*) FILTER (WHERE filed.id IS NOT NULL AND ({differs(spec)})), count(*) {joined(table, spec)}"
    )
    new, changed, total = rows[0]
    changed = 0 if policy == FoundPolicy.SKIP else changed
    return Counts(new, changed, total - new - changed)


def differs(spec: ImportSpec) -> str:
    """Return the condition that a staged row says something else than its record; an empty cell says nothing."""
    pairs = []
    for column in spec.filling:
        name = quoted(spec.db_column(column.name))
        value = f"NULLIF(staged.{name}, '{column.empties}')" if column.empties else f"staged.{name}"
        pairs.append(f"(staged.{name} IS NOT NULL AND {value} IS DISTINCT FROM filed.{name})")
    return " OR ".join(pairs)
