"""Opening a table file that somebody sent: what it is, whether it is what it says, and its rows."""

import csv
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from listings.importing.beside import SheetBeside
from listings.importing.formulas import Formulas, of_file
from listings.importing.pieces import can_be_cut, sheet_parts

ARCHIVE = b"PK\x03\x04"
SIZE_LIMIT = 100 * 1024 * 1024
# A small archive can unpack to more than the memory: what the sheets may come to.
UNPACKED_LIMIT = 3 * 1024 * 1024 * 1024
# The texts of a workbook stand in one part, which is read at once.
TEXTS_LIMIT = 256 * 1024 * 1024
TEXTS = "xl/sharedStrings.xml"
ROW_LIMIT = 500_000
COLUMN_LIMIT = 300
HEAD_WITHIN = 10
ENCODINGS = ("utf-8-sig", "gb18030")
PIECE = 1 << 20


class Table(ABC):
    """The rows of a file, from the first, as often as they are asked for."""

    total: int
    # What was read lies on the disk: to keep the table costs no memory.
    on_disk = False

    @abstractmethod
    def rows(self) -> Iterator[list[Any]]:
        """Give every row; cells are texts, numbers, dates or empty texts."""

    def formulas(self) -> Formulas:
        """Return the columns of the cells that hold formulas, by row number: at least those of the rows given so far."""
        return {}

    def close(self) -> None:  # noqa: B027 - a table that holds nothing need not say so
        """Let go of the memory."""


class CsvTable(Table):
    """Comma-separated text in UTF-8 or GB 18030."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.total = sum(1 for _row in self.rows())

    @cached_property
    def encoding(self) -> str:
        """The first encoding in which the whole file reads."""
        for encoding in ENCODINGS:
            try:
                with open(self.path, encoding=encoding) as file:
                    while file.read(PIECE):
                        pass
            except UnicodeDecodeError:
                continue
            return encoding
        raise ValidationError(
            _("The text file is neither UTF-8 nor GB 18030; save it as a workbook (.xlsx).")
        )

    def rows(self) -> Iterator[list[Any]]:
        """Give every line as texts."""
        with open(self.path, encoding=self.encoding, newline="") as file:
            try:
                yield from csv.reader(file)
            except csv.Error as error:
                raise ValidationError(
                    _("The text file cannot be read as a table; save it as .xlsx.")
                ) from error


class XlsxTable(Table):
    """One sheet of a workbook; a large one is read in pieces, beside what is done with its rows."""

    def __init__(self, path: str, index: int = 0) -> None:
        self.path, self.index = path, index
        refuse_bomb(path)
        with damaged_is_said(), zipfile.ZipFile(path) as archive:
            parts = sheet_parts(archive)
            self.part = parts[index] if index < len(parts) else f"xl/worksheets/sheet{index + 1}.xml"
        with damaged_is_said():
            self.on_disk = can_be_cut(path, self.part)
            self.sheet = None if self.on_disk else whole_sheet(path, index)
        self.beside = SheetBeside(path, self.part) if self.on_disk else None
        self.left = (self.sheet.start or (0, 0))[1] if self.sheet else 0
        self.total = count_rows(path, self.part) if self.on_disk else (self.sheet.end or (-1, 0))[0] + 1

    def rows(self) -> Iterator[list[Any]]:
        """Give every row from the first of the sheet; cells begin at the first column that is used."""
        return self.beside.rows() if self.on_disk else self.sheet.iter_rows()

    def formulas(self) -> Formulas:
        """Find formula cells in the sheet's own text; of a large one, those of a row come with the row."""
        if self.beside:
            return self.beside.formulas
        with zipfile.ZipFile(self.path) as archive, archive.open(self.part) as file:
            found = of_file(file)
        return {row: {column - self.left for column in columns} for row, columns in found.items()}

    def close(self) -> None:
        """Forget the sheet: it holds every cell."""
        self.sheet = None
        if self.beside:
            self.beside.close()


def count_rows(path: str, part: str) -> int:
    """Count the rows of a sheet in its own text, without reading its cells."""
    with damaged_is_said(), zipfile.ZipFile(path) as archive, archive.open(part) as file:
        found, tail = 0, b""
        while piece := file.read(PIECE):
            # A tag may lie across two pieces.
            text = tail + piece
            found += text.count(b"<row ")
            tail = text[-4:]
    return found


@contextmanager
def damaged_is_said() -> Iterator[None]:
    """Turn what the reader cannot open into a sentence."""
    try:
        yield
    except PasswordError as error:
        raise ValidationError(_("The workbook has a password; save it without one.")) from error
    except (CalamineError, zipfile.BadZipFile, OSError, KeyError) as error:
        raise ValidationError(
            _("This is not a workbook, or it is damaged. Save it again as .xlsx.")
        ) from error


def refuse_bomb(path: str) -> None:
    """Refuse an archive that would unpack to more than can be read."""
    with damaged_is_said(), zipfile.ZipFile(path) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    if sum(sizes.values()) > UNPACKED_LIMIT or sizes.get(TEXTS, 0) > TEXTS_LIMIT:
        raise ValidationError(_("The workbook is too large once unpacked; split it."))


def whole_sheet(path: str, index: int) -> CalamineSheet:
    """Return a sheet that fits into the memory."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(index)


def sheet_names(path: str) -> list[str]:
    """Return the names of the sheets of a workbook; a text file has one without a name."""
    if not is_archive(path):
        return [""]
    refuse_bomb(path)
    with damaged_is_said(), CalamineWorkbook.from_path(path) as book:
        return list(book.sheet_names)


def is_archive(path: str) -> bool:
    """Say whether the file begins as a workbook does."""
    with open(path, "rb") as file:
        return file.read(4) == ARCHIVE


class Tables:
    """The sheets of one file, opened as they are asked for.

    Reading a large one twice would be most of the work: it stays open until the end, the others only while they are read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.kept: dict[int, Table] = {}

    @contextmanager
    def opened(self, index: int) -> Iterator[Table]:
        """Open a sheet, and let go of its memory afterwards."""
        table = self.kept.get(index) or open_table(self.path, index)
        if table.on_disk:
            self.kept[index] = table
        try:
            yield table
        finally:
            if not table.on_disk:
                table.close()

    def close(self) -> None:
        """Let go of all of them."""
        for table in self.kept.values():
            table.close()


def open_table(path: str, index: int = 0) -> Table:
    """Open a sheet of a file by what it is; raises ValidationError with a sentence for anything but a table."""
    with open(path, "rb") as file:
        is_csv = Path(path).suffix.lower() == ".csv" and b"\x00" not in file.read(8)
    if is_archive(path):
        table: Table = XlsxTable(path, index)
    elif is_csv:
        table = CsvTable(path)
    else:
        raise ValidationError(_("This is not a workbook, or it is damaged. Save it again as .xlsx."))
    refuse_too_many(table.total)
    return table


def refuse_too_many(rows: int) -> None:
    """Raise ValidationError for more rows than are taken at once."""
    if rows > ROW_LIMIT:
        raise ValidationError(
            _("%(n)d rows; at most %(limit)d at once. Split the file.") % {"n": rows, "limit": ROW_LIMIT}
        )
