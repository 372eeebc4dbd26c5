"""Opening a table file that somebody sent: what it is, whether it is what it says, and its rows."""

import csv
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

SIZE_LIMIT = 100 * 1024 * 1024
# A small archive can unpack to more than the memory: what the sheets may come to.
UNPACKED_LIMIT = 1024 * 1024 * 1024
ROW_LIMIT = 200_000
COLUMN_LIMIT = 300
HEAD_WITHIN = 10
ENCODINGS = ("utf-8-sig", "gb18030")
PIECE = 1 << 20
# Cells that hold a formula; the reader would only give the value that was last computed.
FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f[ >/]')
FORMULAS_KEPT = 10_000


class Table(ABC):
    """The rows of a file, from the first, as often as they are asked for."""

    total: int

    @abstractmethod
    def rows(self) -> Iterator[list[Any]]:
        """Give every row; cells are texts, numbers, dates or empty texts."""

    def formulas(self) -> dict[int, set[int]]:
        """Return the columns of the cells that hold formulas, by row number from 1."""
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
    """The first sheet of a workbook."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(member.file_size for member in archive.infolist())
                if unpacked > UNPACKED_LIMIT:
                    raise ValidationError(_("The workbook is too large once unpacked; split it."))
            self.sheet: CalamineSheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        except PasswordError as error:
            raise ValidationError(_("The workbook has a password; save it without one.")) from error
        except (CalamineError, zipfile.BadZipFile, OSError) as error:
            raise ValidationError(
                _("This is not a workbook, or it is damaged. Save it again as .xlsx.")
            ) from error
        self.left = (self.sheet.start or (0, 0))[1]
        self.total = (self.sheet.end or (-1, 0))[0] + 1

    def rows(self) -> Iterator[list[Any]]:
        """Give every row from the first of the sheet; cells begin at the first column that is used."""
        return self.sheet.iter_rows()

    def formulas(self) -> dict[int, set[int]]:
        """Find formula cells in the sheet's own text, which takes a fraction of reading it."""
        found: dict[int, set[int]] = {}
        with zipfile.ZipFile(self.path) as archive, archive.open(first_sheet(archive)) as file:
            for column, row in formula_cells(file):
                found.setdefault(row, set()).add(column - self.left)
                if len(found) > FORMULAS_KEPT:
                    break
        return found

    def close(self) -> None:
        """Forget the sheet: it holds every cell."""
        del self.sheet


def first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the part that holds the first sheet: the one the workbook names first."""
    book = archive.read("xl/workbook.xml")
    links = archive.read("xl/_rels/workbook.xml.rels")
    first = re.search(rb'<(?:\w+:)?sheet [^>]*?r:id="([^"]+)"', book)
    for link in re.findall(rb"<Relationship [^>]+>", links) if first else ():
        if b'Id="' + first[1] + b'"' in link and (target := re.search(rb'Target="([^"]+)"', link)):
            path = target[1].decode().lstrip("/")
            return path if path.startswith("xl/") else f"xl/{path}"
    return "xl/worksheets/sheet1.xml"


def formula_cells(file: IO[bytes]) -> Iterable[tuple[int, int]]:
    """Give (column from 0, row from 1) of each cell with a formula, reading piece by piece."""
    rest = b""
    while piece := file.read(PIECE):
        piece = rest + piece
        if b"<f" in piece:
            for match in FORMULA.finditer(piece):
                yield column_number(match[1]), int(match[2])
        # A cell may lie across two pieces: the last one begun is looked at again with the next, unless it was found.
        last = piece.rfind(b"<c ")
        whole = last < 0 or FORMULA.match(piece, last)
        rest = piece[-2:] if whole else piece[last:]


def column_number(letters: bytes) -> int:
    """Return the place of column A, B, … AA, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def open_table(path: str) -> Table:
    """Open a file by what it is; raises ValidationError with a sentence for anything but a table."""
    with open(path, "rb") as file:
        start = file.read(8)
        is_csv = Path(path).suffix.lower() == ".csv"
    if start.startswith(b"PK\x03\x04"):
        table: Table = XlsxTable(path)
    elif is_csv and b"\x00" not in start:
        table = CsvTable(path)
    else:
        raise ValidationError(_("This is not a workbook, or it is damaged. Save it again as .xlsx."))
    if table.total > ROW_LIMIT:
        raise ValidationError(
            _("%(n)d rows; at most %(limit)d at once. Split the file.")
            % {"n": table.total, "limit": ROW_LIMIT}
        )
    return table
