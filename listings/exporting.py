"""One row iterator, two writers; nothing of the whole list is held in memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from listings.words import sentence

if TYPE_CHECKING:
    from listings.pages import ListPage

CHUNK = 2000
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# A cell that begins so is a formula to a spreadsheet program; a text never is one here.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def rows_of(page: ListPage) -> Iterator[list[Any]]:
    """Give the heads, then every row that matches, in the order shown."""
    columns = page.chosen
    yield [str(column.label) for column in columns]
    found = page.with_relations(page.ordered(page.filtered)).iterator(chunk_size=CHUNK)
    while rows := list(islice(found, CHUNK)):
        page.prepare(rows)
        for row in rows:
            yield [plain(column.raw(row)) for column in columns]


def plain(value: Any) -> Any:
    """Return what a cell may hold: moments in local time, texts that no program takes for a formula."""
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | float | date):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def write(page: ListPage, kind: str, file: IO[bytes]) -> int:
    """Write the list and return the number of rows."""
    return {"xlsx": write_xlsx, "csv": write_csv}[kind](page, file)


def write_xlsx(page: ListPage, file: IO[bytes]) -> int:
    """Write a workbook row by row; the second sheet says what was filtered, by whom and when."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(page.title)[:31])
    count = -1
    for count, cells in enumerate(rows_of(page)):
        try:
            sheet.append(cells)
        except IllegalCharacterError:
            sheet.append([printable(cell) for cell in cells])
    about = book.create_sheet("说明")
    for line in (str(page.title), sentence(page.chips()), page.user.name):
        about.append([plain(line)])
    book.save(file)
    return count


def write_csv(page: ListPage, file: IO[bytes]) -> int:
    """Write comma-separated text with the mark by which spreadsheet programs know UTF-8."""
    file.write(b"\xef\xbb\xbf")
    count = -1
    for count, cells in enumerate(rows_of(page)):
        line = StringIO()
        csv.writer(line).writerow(cells)
        file.write(line.getvalue().encode())
    return count


def printable(cell: Any) -> Any:
    """Drop control characters, which a workbook cannot hold."""
    return "".join(sign for sign in cell if sign.isprintable()) if isinstance(cell, str) else cell


def answer(page: ListPage, kind: str) -> HttpResponse:
    """Return the file at once."""
    file = BytesIO()
    write(page, kind, file)
    response = HttpResponse(file.getvalue(), content_type=TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{page.export_name}.{kind}")
    return response
