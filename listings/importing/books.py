"""The sheets of a workbook and the parts of an import: which sheet is which, and what is wrong across them."""

import zipfile
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from listings.importing import checking, reading, staging, suggestions
from listings.importing.pieces import sheet_parts
from listings.importing.spec import Book, ImportSpec, Staging
from listings.importing.staging import Errors
from regions.words import listed

# Sheets that are there for people.
NOT_READ = frozenset({"填写说明", "未读取"})


@dataclass(frozen=True)
class Sheets:
    """Which sheet of the file fills which part, what was not recognised, and which parts are not in the file."""

    indexes: dict[str, int]
    unknown: list[str]
    missing: list[str]


def sheets_of(book: ImportSpec | Book, path: str) -> Sheets:
    """Find the sheets by their names; raises ValidationError when none is known. An import of one takes the first."""
    if isinstance(book, ImportSpec):
        return Sheets({book.key: 0}, [], [])
    names = [plain(name) for name in reading.sheet_names(path)]
    wanted = {plain(part.sheet): part for part in book.parts}
    twice = sorted({name for name in names if name in wanted and names.count(name) > 1})
    if twice:
        raise ValidationError(_("Two sheets are called “%(name)s”.") % {"name": twice[0]})
    indexes = {wanted[name].key: index for index, name in enumerate(names) if name in wanted}
    if not indexes:
        raise ValidationError(
            _("No sheet of this workbook is known. The sheets are called: %(names)s. Use the template.")
            % {"names": listed(part.sheet for part in book.parts)}
        )
    unknown = [alike(name, wanted) for name in names if name not in wanted and name not in NOT_READ]
    return Sheets(indexes, unknown, [part.sheet for part in book.parts if part.key not in indexes])


def plain(name: str) -> str:
    """Return the name of a sheet without spaces."""
    return "".join(name.split())


def alike(name: str, wanted: dict[str, ImportSpec]) -> str:
    """Return the name of an unknown sheet, and which one may be meant."""
    found = get_close_matches(name, wanted, 1, 0.4)
    return _("%(name)s (meant is perhaps “%(found)s”)") % {"name": name, "found": found[0]} if found else name


def rows_in(path: str, sheets: Sheets) -> int:
    """Return how many rows the known sheets have, heads included; raises ValidationError for too many at once."""
    with reading.damaged_is_said(), zipfile.ZipFile(path) as archive:
        parts = sheet_parts(archive)
    total = sum(reading.count_rows(path, parts[index]) for index in sheets.indexes.values())
    reading.refuse_too_many(total)
    return total


def judge(where: Staging, book: ImportSpec | Book, errors: dict[str, Errors]) -> None:
    """Add what only the whole workbook and the database can say, and take the wrong rows out of the tables.

    Parts are judged in their order, so that rows of a later one find only owners whose own rows are right.
    """
    owning = {part.owner_model for part in book.parts if part.owner}
    for part in book.parts:
        merge(errors[part.key], find(where, part))
        if part.model in owning:
            checking.remove(where.tables[part.key], errors[part.key])
    if isinstance(book, Book) and book.settle:
        for key, more in book.settle(where, errors).items():
            merge(errors[key], more)
    for part in book.parts:
        checking.remove(where.tables[part.key], errors[part.key])


def find(where: Staging, part: ImportSpec) -> Errors:
    """Return what is wrong with the staged rows of one part."""
    if part.prepared:
        part.prepared(where, part)
    table, entries = where.tables[part.key], part.entries_of(where.run.user)
    return checking.find(table, part, entries, where.run.today, where)


def suggest(where: Staging, part: ImportSpec, errors: Errors) -> None:
    """Offer records that rows may be, take over what a person has decided, and keep back what is open."""
    table = where.tables[part.key]
    suggestions.find(where.job, table, part, part.entries_of(where.run.user))
    suggestions.settle(where.job, table, part)
    for row_no, sentence in suggestions.undecided(where.job):
        errors.setdefault(row_no, {}).setdefault(part.keys[0], sentence)


def merge(errors: Errors, more: Errors) -> None:
    """Add what the whole file showed; what was wrong with a cell by itself comes first."""
    for row_no, cells in more.items():
        known = errors.setdefault(row_no, {})
        for name, sentence in cells.items():
            known.setdefault(name, sentence)


def stands(where: Staging, book: ImportSpec | Book, seen: list[dict[str, Any]]) -> bool:
    """Say whether what a person looked at is still what would be written: the same counts, and nothing wrong."""
    if not all(staging.exists(table) for table in where.tables.values()):
        return False
    for part, said in zip(book.parts, seen, strict=True):
        if find(where, part):
            return False
        counts = checking.count(where.tables[part.key], part, where.found)
        if (counts.new, counts.changed, counts.unchanged) != (
            said["new"],
            said["changed"],
            said["unchanged"],
        ):
            return False
    if isinstance(book, Book) and book.settle:
        return not any(book.settle(where, {part.key: {} for part in book.parts}).values())
    return True
