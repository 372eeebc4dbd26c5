"""The workbooks that go out: the template to fill in, and the wrong rows with their reasons."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from listings.importing.spec import ImportSpec
from listings.importing.staging import OWN_HEADS, Errors, Head
from listings.spreadsheets import printable

# Plum says "correct this"; red is kept for risk.
PLUM = "8A1750"
WRONG = PatternFill("solid", fgColor="F1D7E1")
WRONG_FONT = Font(color=PLUM)
HEAD_FONT = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
ROWS_SHEET, NOTES_SHEET = "填写", "填写说明"
NOTE_HEADS = ("列名", "是否必填", "说明", "可填内容", "示例")
GENERAL_NOTES = (
    "请在“填写”表中从第二行起逐行填写，一行一条；列的先后可以调整，列名不要改动。",
    "带 * 的列在新增时必填；已有档案按标识更新，空着的单元格保持原有内容不变。",
    "单元格中请填写值，不要使用公式；日期写作 2026-03-10，区划可写代码或名称。",
)


def template(spec: ImportSpec) -> bytes:
    """Return the workbook to fill in: the heads, and a sheet that says what belongs under each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ROWS_SHEET)
    for number in range(1, len(spec.columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.freeze_panes = "A2"
    sheet.append(
        [bold(sheet, f"{column.head}*" if column.required else column.head) for column in spec.columns]
    )
    notes = book.create_sheet(NOTES_SHEET)
    for letter, width in zip("ABCDE", (24, 10, 44, 60, 26), strict=True):
        notes.column_dimensions[letter].width = width
    for line in GENERAL_NOTES:
        notes.append([line])
    notes.append([])
    notes.append([bold(notes, head) for head in NOTE_HEADS])
    with override("zh-hans"):
        for column in spec.columns:
            required = "是" if column.required else "否"
            cells = [column.head, required, column.note, "、".join(column.allowed()), column.example]
            notes.append([wrapped(notes, cell) for cell in cells])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def bold(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Return the cell of a head."""
    cell = WriteOnlyCell(sheet, text)
    cell.font = HEAD_FONT
    return cell


def wrapped(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    """Return a cell whose long text shows whole."""
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = WRAPPED
    return cell


def wrong_rows(
    file: IO[bytes], spec: ImportSpec, head: Head, rows: Iterator[tuple[int, list[Any]]], errors: Errors
) -> None:
    """Write the wrong rows as they came, with their number and reasons before them; it can be sent in again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ROWS_SHEET)
    sheet.column_dimensions["B"].width = 60
    sheet.freeze_panes = "C2"
    kept = [index for index, cell in enumerate(head.cells) if cell.strip() not in OWN_HEADS]
    sheet.append(
        [bold(sheet, text) for text in (*OWN_HEADS, *(neutral(head.cells[index]) for index in kept))]
    )
    heads = {column.name: column.head for column in spec.columns}
    places = {column.name: index for column, index in head.places}
    for row_no, cells in rows:
        if row_no not in errors:
            continue
        reasons = "；".join(f"{heads[name]}：{sentence}" for name, sentence in errors[row_no].items())
        wrong = {places[name] for name in errors[row_no] if name in places}
        line = [row_no, wrapped(sheet, neutral(reasons))]
        for index in kept:
            value = cells[index] if index < len(cells) else ""
            line.append(cell_of(sheet, value, wrong=index in wrong))
        sheet.append(line)
    book.save(file)


def neutral(text: Any) -> str:
    """Return a text that a workbook can hold."""
    return printable(str(text))


def cell_of(sheet: WriteOnlyWorksheet, value: Any, *, wrong: bool) -> Any:
    """Return a cell as it came; a text stays a text, whatever sign it begins with."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain_text = isinstance(value, str)
    risky = plain_text and value[:1] in ("=", "+", "-", "@")
    if plain_text and not value.isprintable():
        value = printable(value)
    if not wrong and not risky:
        return value
    cell = WriteOnlyCell(sheet, value)
    if risky:
        cell.data_type, cell.quotePrefix = "s", True
    if wrong:
        cell.fill, cell.font = WRONG, WRONG_FONT
    return cell
