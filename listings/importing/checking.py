"""What only the whole file and the database can say: one statement for each question, never one for each row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from listings.importing import owners
from listings.importing.places import unknown_code_sentences
from listings.importing.spec import OWNER_CODE, FoundPolicy, ImportSpec, Never, Staging
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
    questions = owned(table, spec, entries, staging) if spec.owner else placed(table, spec)
    for name, rows in questions:
        for row_no, sentence in rows:
            found.setdefault(row_no, {}).setdefault(name, sentence)
    for row_no, name, sentence in forbidden(table, spec, conditions(spec, entries, staging)):
        found.setdefault(row_no, {}).setdefault(name, sentence)
    for check in spec.checks:
        for row_no, name, sentence in check(table, spec, today):
            found.setdefault(row_no, {}).setdefault(name, sentence)
    return found


Question = tuple[str, list[tuple[int, str]]]


def placed(table: str, spec: ImportSpec) -> list[Question]:
    """Ask what is asked of records that have a place of their own."""
    return [(spec.key_name, doubles(table, spec)), (spec.place_name, unknown_places(table, spec))]


def conditions(spec: ImportSpec, entries: tuple[ScopeEntry, ...], staging: Staging | None) -> list[Never]:
    """Return what no row may be beside the record on file: ours for every import, then its own."""
    ours = [] if spec.owner else [outside_place(spec, entries), outside_record(spec, entries)]
    if staging and staging.found == FoundPolicy.STOP:
        ours.append(Never(spec.keys[-1], "filed.id IS NOT NULL", on_file_sentence()))
    needed = [lacking(spec, column.name) for column in spec.columns if column.required]
    return [*ours, *needed, *spec.never]


def forbidden(table: str, spec: ImportSpec, never: list[Never]) -> Iterator[tuple[int, str, str]]:
    """Give every row that is what no row may be, with the column and the sentence.

    All of it is asked at once: to find the records on file again for each question would be most of the work.
    """
    params = {name: value for each in never for name, value in each.params.items()}
    tests = [f"({each.condition})" for each in never]
    names = [f"({each.names or 'NULL'})::text" for each in never]
    rows = ask(
        f"SELECT row_no, ARRAY[{', '.join(tests)}], ARRAY[{', '.join(names)}] "  # noqa: S608 - declared by our own code
        f"{joined(table, spec)} WHERE {' OR '.join(tests)}",
        params,
    )
    for row_no, is_so, named in rows:
        for each, applies, name in zip(never, is_so, named, strict=True):
            if applies:
                yield row_no, each.column, str(each.sentence) % {"name": name}


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


def lacking(spec: ImportSpec, name: str) -> Never:
    """No row may open a record without what every record needs."""
    column = quoted(spec.staged_column(name))
    return Never(name, f"filed.id IS NULL AND staged.{column} IS NULL", _("Fill this in."))


def outside_place(spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> Never:
    """No row may lie outside the posts by which the person imports."""
    covered, params = inside("staged", spec, entries, otherwise="filed")
    place = quoted(spec.db_column(spec.place_name))
    return Never(
        spec.place_name,
        f"COALESCE(staged.{place}, filed.{place}) IS NOT NULL AND NOT ({covered})",
        _("Outside the area or the industry of your post."),
        params=params,
    )


def outside_record(spec: ImportSpec, entries: tuple[ScopeEntry, ...]) -> Never:
    """No row may be a record that is somebody else's."""
    covered, params = inside("filed", spec, entries)
    return Never(
        spec.key_name,
        f"filed.id IS NOT NULL AND NOT ({covered})",
        _("On file outside your area; ask that place to hand it over."),
        params=params,
    )


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
        said = spec.staged_value(column)
        value = f"NULLIF({said}, '{column.empties}')" if column.empties else said
        pairs.append(f"(staged.{name} IS NOT NULL AND {value} IS DISTINCT FROM filed.{name})")
    return " OR ".join(pairs)
