"""What a cell of a file may hold: plain values, and no text that a spreadsheet program would reckon with."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# A cell that begins so is a formula to a spreadsheet program; a text never is one here.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
RISKY = re.compile(rf"^[=+\-@\t\r]|{ILLEGAL_CHARACTERS_RE.pattern}", re.MULTILINE)


def plain(value: Any) -> Any:
    """Return what a cell may hold: moments in local time, everything unusual as text."""
    if value is None or value.__class__ is str:
        return value
    if isinstance(value, datetime):
        return value.astimezone(get_current_timezone()).replace(tzinfo=None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, int | float | date) else str(value)


def printable(cell: Any) -> Any:
    """Drop control characters, which a workbook cannot hold."""
    return "".join(sign for sign in cell if sign.isprintable()) if isinstance(cell, str) else cell


def append(sheet: WriteOnlyWorksheet, cells: list[Any]) -> None:
    """Write a row; a text that looks like a formula is marked as the text it is, and stays as it was entered.

    One search over the whole row, because nearly every row is harmless.
    """
    if RISKY.search("\n".join([cell for cell in cells if cell.__class__ is str])):
        cells = [as_text(sheet, cell) for cell in cells]
    sheet.append(cells)


def as_text(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """Return a cell that no spreadsheet program reckons with, even after somebody has clicked into it."""
    if value.__class__ is not str:
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(FORMULA_SIGNS):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.quotePrefix = "s", True
    return cell


def harmless(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet program would take for a formula: here it has no other sign."""
    return f"'{cell}" if cell.__class__ is str and cell.startswith(FORMULA_SIGNS) else cell
