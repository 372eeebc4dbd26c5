"""The workbooks that go out: the template to fill in, and the wrong rows with their reasons."""

from io import BytesIO
from typing import IO, Any

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from listings.importing.parsers import written
from listings.importing.reading import Table
from listings.importing.spec import Book, ImportSpec
from listings.importing.staging import OWN_HEADS, Staged, plain_head
from listings.spreadsheets import printable

# Plum says "correct this"; red is kept for risk.
PLUM = "8A1750"
WRONG = PatternFill("solid", fgColor="F1D7E1")
WRONG_FONT = Font(color=PLUM)
HEAD_FONT = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
ROWS_SHEET, NOTES_SHEET = "填写", "填写说明"
AUTHOR = "守望"
NOTE_HEADS = ("列名", "是否必填", "说明", "可填内容", "示例")
GENERAL_NOTES = (
    "请在“填写”表中从第二行起逐行填写，一行一条；列的先后可以调整，列名不要改动。",
    "带 * 的列在新增时必填；已有档案按标识更新，空着的单元格保持原有内容不变。",
    "单元格中请填写值，不要使用公式；日期写作 2026-03-10，区划可写代码或名称。",
)

BOOK_NOTES = (
    "每类档案一张工作表，表名和列名不要改动；不用的工作表可以留空或删除，列的先后可以调整。",
    "各台账、重大危险源的行按统一社会信用代码归到企业：企业可以已建档，也可以在本工作簿的企业表中新建。",
    "带 * 的列在新增时必填；已有档案按标识更新，空着的单元格保持原有内容不变。",
    "单元格中请填写值，不要使用公式；日期写作 2026-03-10，区划可写代码或名称。",
)
SHOWN_ERRORS = 50
SHOWN_LENGTH = 60
# Reasons that stand in their cells, too. Each is a drawing that is kept until the workbook is saved; whoever has more to
# correct finds the rest in the column of reasons.
CELL_REASONS = 2_000
REASON_WIDTH, REASON_HEIGHT = 320, 110


def template(spec: ImportSpec | Book) -> bytes:
    """Return the workbook to fill in: a sheet of heads for each part, and one that says what belongs under each."""
    book = Workbook(write_only=True)
    for part in spec.parts:
        sheet = book.create_sheet(part.sheet if isinstance(spec, Book) else ROWS_SHEET)
        for number in range(1, len(part.columns) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 18
        sheet.freeze_panes = "A2"
        sheet.append(
            [bold(sheet, f"{column.head}*" if column.required else column.head) for column in part.columns]
        )
    add_notes(book.create_sheet(NOTES_SHEET), spec)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def add_notes(notes: WriteOnlyWorksheet, spec: ImportSpec | Book) -> None:
    """Say what belongs under each head; the notes are Chinese, as the heads are."""
    for letter, width in zip("ABCDE", (24, 10, 44, 60, 26), strict=True):
        notes.column_dimensions[letter].width = width
    for line in BOOK_NOTES if isinstance(spec, Book) else GENERAL_NOTES:
        notes.append([line])
    with override("zh-hans"):
        for part in spec.parts:
            notes.append([])
            if isinstance(spec, Book):
                notes.append([bold(notes, f"工作表“{part.sheet}”")])
            notes.append([bold(notes, head) for head in NOTE_HEADS])
            for column in part.columns:
                required = "是" if column.required else "否"
                cells = [column.head, required, column.note, "、".join(column.allowed()), column.example]
                notes.append([wrapped(notes, cell) for cell in cells])


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


class WrongRows:
    """The workbook of wrong rows: a sheet for each part, the rows as they came, with their number and reasons before them.

    The first reasons also stand in their cells, as comments. It can be sent in again once it is mended. `lines` are the
    first of what is wrong, for the result page.
    """

    def __init__(self, *, several: bool) -> None:
        self.several = several
        self.book = Workbook(write_only=True)
        self.lines: list[list[Any]] = []
        self.left = CELL_REASONS

    def add(self, spec: ImportSpec, staged: Staged, table: Table) -> None:
        """Write the wrong rows of one part."""
        head, errors = staged.head, staged.errors
        sheet = self.book.create_sheet(spec.sheet if self.several else ROWS_SHEET)
        sheet.column_dimensions["B"].width = 60
        sheet.freeze_panes = "C2"
        kept = [index for index, cell in enumerate(head.cells) if plain_head(cell) not in OWN_HEADS]
        sheet.append(
            [bold(sheet, text) for text in (*OWN_HEADS, *(neutral(head.cells[index]) for index in kept))]
        )
        heads = {column.name: column.head for column in spec.columns}
        places = {column.name: index for column, index in head.places}
        left = len(errors)
        for row_no, cells in enumerate(table.rows(), 1):
            if row_no not in errors:
                continue
            line = wrong_line(sheet, row_no, cells, errors[row_no], heads, places, kept)
            self.explain(line, errors[row_no], places, kept)
            sheet.append(line)
            self.show(spec, row_no, cells, errors[row_no], heads, places)
            left -= 1
            if not left:
                break

    def explain(
        self, line: list[Any], wrong: dict[str, str], places: dict[str, int], kept: list[int]
    ) -> None:
        """Put each reason into its wrong cell, as a comment."""
        for name, sentence in wrong.items():
            if self.left and name in places:
                cell = line[len(OWN_HEADS) + kept.index(places[name])]
                cell.comment = Comment(neutral(sentence), AUTHOR, height=REASON_HEIGHT, width=REASON_WIDTH)
                self.left -= 1

    def show(
        self,
        spec: ImportSpec,
        row_no: int,
        cells: list[Any],
        wrong: dict[str, str],
        heads: dict[str, str],
        places: dict[str, int],
    ) -> None:
        """Keep the first wrong cells for the page."""
        for name, sentence in wrong.items():
            if len(self.lines) == SHOWN_ERRORS:
                return
            place = places.get(name)
            raw = cells[place] if place is not None and place < len(cells) else ""
            line = [row_no, heads[name], written(raw)[:SHOWN_LENGTH], sentence]
            self.lines.append([*line, spec.sheet] if self.several else line)

    def save(self, file: IO[bytes]) -> None:
        """Write the workbook."""
        self.book.save(file)


def wrong_line(
    sheet: WriteOnlyWorksheet,
    row_no: int,
    cells: list[Any],
    errors: dict[str, str],
    heads: dict[str, str],
    places: dict[str, int],
    kept: list[int],
) -> list[Any]:
    """Return a wrong row as it came, its number and reasons before it, its wrong cells marked."""
    reasons = "；".join(f"{heads[name]}：{sentence}" for name, sentence in errors.items())
    wrong = {places[name] for name in errors if name in places}
    line = [row_no, wrapped(sheet, neutral(reasons))]
    for index in kept:
        value = cells[index] if index < len(cells) else ""
        line.append(cell_of(sheet, value, wrong=index in wrong))
    return line


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
