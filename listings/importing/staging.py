"""From the file into a table of the database: heads found, cells read column by column, rows sent by COPY.

Each import has its own unlogged table, with the types of the model's columns, so that the checks and the writing are
single statements. It is gone when the import is over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice, zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from listings.importing.reading import COLUMN_LIMIT, HEAD_WITHIN, Table
from listings.importing.spec import GIVEN_KEY, OWNER_CODE, OWNER_PART, ImportColumn, ImportSpec, Parse, Run

CHUNK = 2000
WRONG_LIMIT = 100_000
REMEMBERED = 5000
NULL = "\\N"
ESCAPED = re.compile(r"[\\\t\n\r]")
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
# Heads that the workbook of wrong rows adds; it may come back with them.
OWN_HEADS = ("行号", "错误原因")
# Row number → column of the spec → what is wrong with the cell.
Errors = dict[int, dict[str, str]]


class Wrong(str):
    """A sentence in the place of a value."""

    __slots__ = ()


class Reader(dict):
    """Reads the cells of one column and remembers what came out, because most columns repeat themselves."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, raw: Any) -> str:
        try:
            value = self.parse(raw)
        except ValidationError as error:
            value = Wrong(error.messages[0])
        else:
            value = NULL if value is None else value
            if value is not NULL and ESCAPED.search(value):
                value = ESCAPED.sub(lambda sign: ESCAPES[sign[0]], value)
        if len(self) < REMEMBERED:
            self[raw] = value
        return value


@dataclass
class Head:
    """Where the heads stand, and which column of the file fills which field."""

    row_no: int
    cells: list[str]
    places: list[tuple[ImportColumn, int]]
    unknown: list[str]

    def place_of(self, name: str) -> int | None:
        """Return the column of the file that fills the field."""
        return next((index for column, index in self.places if column.name == name), None)


@dataclass
class Staged:
    """What was read: rows with something in them, and what is wrong with their cells."""

    head: Head
    rows: int = 0
    errors: Errors = field(default_factory=dict)
    problem: str = ""


def table_name(job_pk: int, part: int = 0) -> str:
    """Return the name of the table of one import, or of one of its parts."""
    return f"listings_import_{int(job_pk)}" + (f"_{int(part)}" if part else "")


def table_names(job_pk: int) -> list[str]:
    """Return the tables of one import that stand."""
    with connection.cursor() as cursor:
        name = table_name(job_pk)
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() "
            "AND (tablename = %s OR starts_with(tablename, %s))",
            [name, f"{name}_"],
        )
        return [found for (found,) in cursor.fetchall()]


def exists(name: str) -> bool:
    """Say whether the table stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return cursor.fetchone()[0]


def create(name: str, spec: ImportSpec) -> None:
    """Make the table anew, empty."""
    columns = ", ".join(staged_as(spec, column) for column in spec.filling)
    for extra, wanted in (
        (OWNER_CODE, spec.owner),
        (OWNER_PART, spec.owner and spec.owner.part),
        (GIVEN_KEY, spec.twins),
    ):
        columns += f', NULL::varchar AS "{extra}"' if wanted else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        cursor.execute(
            f'CREATE UNLOGGED TABLE "{name}" AS '  # noqa: S608 - names of our own tables and columns
            f'SELECT 0 AS row_no, false AS wrong, {columns} FROM "{spec.table}" WITH NO DATA'
        )


def staged_as(spec: ImportSpec, column: ImportColumn) -> str:
    """Return a column with the type of the field; what is sealed is longer than that."""
    name = f'"{spec.db_column(column.name)}"'
    return f"{name}::text AS {name}" if column.sealed else name


def drop(name: str) -> None:
    """Remove the table, if it is there."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')


def head_of(spec: ImportSpec, table: Table) -> Head:
    """Find the row of heads; raises ValidationError when the file is not of this kind."""
    wanted = {plain_head(column.head): column for column in spec.columns}
    key = plain_head(spec.key_column.head)
    first = [cells[:COLUMN_LIMIT] for cells in islice(table.rows(), HEAD_WITHIN)]
    for number, cells in enumerate(first):
        if key not in map(plain_head, cells):
            continue
        row_no, cells = across_two_rows(wanted, first, number)
        names = [plain_head(cell) for cell in cells]
        twice = sorted({name for name in names if name in wanted and names.count(name) > 1})
        if twice:
            raise ValidationError(_("The column “%(name)s” stands twice in the file.") % {"name": twice[0]})
        places = [(wanted[name], index) for index, name in enumerate(names) if name in wanted]
        unknown = [name for name in names if name and name not in wanted and name not in OWN_HEADS]
        return Head(row_no, [str(cell) for cell in cells], places, unknown)
    raise ValidationError(
        _("No column “%(name)s” in the first %(n)d rows of the sheet. Use the template.")
        % {"name": spec.key_column.head, "n": HEAD_WITHIN}
    )


def across_two_rows(
    wanted: dict[str, ImportColumn], rows: list[list[Any]], number: int
) -> tuple[int, list[Any]]:
    """Return the heads and the number of their last row, where merged cells spread them over two rows.

    A merged cell has its text in its first row: a head stands above, or below the name of its group.
    """
    above = rows[number - 1] if number else []
    below = rows[number + 1] if number + 1 < len(rows) else []
    cells = [
        upper if plain_head(cell) == "" and plain_head(upper) in wanted else cell
        for cell, upper in zip_longest(rows[number], above, fillvalue="")
    ]
    lower = [
        plain_head(under) in wanted and plain_head(cell) not in wanted
        for cell, under in zip_longest(cells, below, fillvalue="")
    ]
    if not any(lower):
        return number + 1, cells
    both = zip_longest(cells, below, lower, fillvalue="")
    return number + 2, [under if is_lower else cell for cell, under, is_lower in both]


def plain_head(cell: Any) -> str:
    """Return a head without spaces and the star of columns that must be filled."""
    return "".join(str(cell).split()).strip("*＊")


def numbered(table: Table, head: Head) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows below the heads that hold anything, with their number in the file."""
    for row_no, cells in enumerate(table.rows(), 1):
        if row_no > head.row_no and (any(cells) or any(cell != "" for cell in cells)):
            yield row_no, cells


def load(
    name: str, spec: ImportSpec, table: Table, head: Head, run: Run, progress: Callable[[int], None]
) -> Staged:
    """Read every row, send it to the table with its wrong cells empty, and return what was wrong."""
    staged = Staged(head)
    readers = [(column, index, Reader(column.parser(run))) for column, index in staged.head.places]
    formulas = table.formulas()
    rows = numbered(table, staged.head)
    columns = ["row_no", "wrong", *(spec.staged_column(column.name) for column, _index in staged.head.places)]
    listed = ", ".join(f'"{column}"' for column in columns)
    statement = f'COPY "{name}" ({listed}) FROM STDIN'
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            texts = read_chunk(spec, chunk, readers, formulas, staged.errors)
            cursor.copy_expert(statement, texts)
            staged.rows += len(chunk)
            refuse_hopeless(spec, staged)
            progress(staged.rows)
        keys = ", ".join(f'"{spec.db_column(key)}"' for key in spec.keys)
        # By the other columns nothing is looked up.
        cursor.execute(f'ANALYZE "{name}" ({keys})')
    return staged


def refuse_hopeless(spec: ImportSpec, staged: Staged) -> None:
    """Stop at a file in which nearly everything is wrong: its cause is one, and the memory is not endless."""
    if len(staged.errors) <= WRONG_LIMIT:
        return
    row_no, cells = next(iter(staged.errors.items()))
    name, sentence = next(iter(cells.items()))
    head = next(column.head for column in spec.columns if column.name == name)
    raise ValidationError(
        _(
            "More than %(n)d rows are wrong; the first is row %(row)d, “%(head)s”: %(why)s Correct what they share."
        )
        % {"n": WRONG_LIMIT, "row": row_no, "head": head, "why": sentence}
    )


def read_chunk(
    spec: ImportSpec,
    chunk: list[tuple[int, list[Any]]],
    readers: list[tuple[ImportColumn, int, Reader]],
    formulas: dict[int, set[int]],
    errors: Errors,
) -> StringIO:
    """Read the rows column by column, which is where the time goes, and return them as COPY takes them."""
    numbers = [row_no for row_no, _cells in chunk]
    fields = []
    for column, index, reader in readers:
        raw = [cells[index] if index < len(cells) else "" for _row_no, cells in chunk]
        values = list(map(reader.__getitem__, raw))
        if Wrong in set(map(type, values)):
            values = without_wrong(column.name, numbers, values, errors)
        if column is spec.key_column and NULL in values and not spec.twins:
            key_missing(column.name, numbers, values, errors)
        fields.append(values)
    for place, row_no in enumerate(numbers) if formulas else ():
        for number, (column, index, _reader) in enumerate(readers):
            if index in formulas.get(row_no, ()):
                fields[number][place] = NULL
                errors.setdefault(row_no, {})[column.name] = _("Holds a formula. Paste the value itself.")
    flags = ["t" if row_no in errors else "f" for row_no in numbers]
    lines = zip(map(str, numbers), flags, *fields, strict=True)
    return StringIO("".join(["\t".join(line) + "\n" for line in lines]))


def without_wrong(name: str, numbers: list[int], values: list[str], errors: Errors) -> list[str]:
    """Put the sentences with the errors, and nothing in their place."""
    for row_no, value in zip(numbers, values, strict=True):
        if value.__class__ is Wrong:
            errors.setdefault(row_no, {})[name] = str(value)
    return [NULL if value.__class__ is Wrong else value for value in values]


def key_missing(name: str, numbers: list[int], values: list[str], errors: Errors) -> None:
    """A row without the key has no record to go to."""
    for row_no, value in zip(numbers, values, strict=True):
        if value is NULL:
            errors.setdefault(row_no, {}).setdefault(name, _("Fill this in."))
