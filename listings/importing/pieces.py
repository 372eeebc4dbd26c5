"""A large sheet in pieces: the reader of workbooks takes a whole sheet into the memory, so it is given a part at a time.

Rows are cut out of the sheet's own text and put, with the workbook's texts and styles, into a small workbook of their
own on the disk. Only what is being read is in the memory.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineWorkbook

from listings.importing.formulas import Formulas, find

# The text of a sheet up to which it is read at once, and the size of its pieces.
PIECE_SIZE = 8 * 1024 * 1024
READ_SIZE = 1 << 20
BEGIN, ROW_END = b"<sheetData>", b"</row>"
END = b"</sheetData></worksheet>"
FIRST_ROW = re.compile(rb"<row\b([^>]*)>")
ROW_NUMBER = re.compile(rb'\br="(\d+)"')
# Where the rows of a sheet begin, at the latest.
HEADER_SIZE = 1 << 18


def can_be_cut(path: str, part: str) -> bool:
    """Say whether the sheet is large, and written as nearly every program writes it: rows with their numbers."""
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(part).file_size <= PIECE_SIZE:
            return False
        with archive.open(part) as file:
            start = file.read(HEADER_SIZE)
    first = FIRST_ROW.search(start)
    return BEGIN in start and first is not None and ROW_NUMBER.search(first[1]) is not None


def rows_in_pieces(path: str, part: str, size: int, formulas: Formulas) -> Iterator[list[Any]]:
    """Give every row of the sheet from the first, `size` bytes of its text at a time; cells begin at column A.

    `formulas` has those of a row by the time that the row is given.
    """
    with tempfile.TemporaryDirectory() as folder:
        frame = Path(folder) / "frame.zip"
        make_frame(path, frame)
        index, given = sheet_index(path, part), 0
        for piece in cut(path, part, frame, size, formulas):
            first_row, rows = rows_of(piece, index)
            # Rows without a cell are not in the sheet's text.
            yield from ([] for _row in range(first_row - given))
            yield from rows
            given = max(given, first_row + len(rows))
            # Before the next piece is read: two of them are not needed at once.
            del rows


def rows_of(piece: Path, index: int) -> tuple[int, list[list[Any]]]:
    """Return the number of the first row from 0, and the rows of one piece."""
    with CalamineWorkbook.from_path(piece) as book:
        sheet = book.get_sheet_by_index(index)
        first_row, first_column = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
    return first_row, [[""] * first_column + cells for cells in rows] if first_column else rows


def make_frame(path: str, frame: Path) -> None:
    """Copy everything but the sheets, unpacked: it is read again with each piece."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(frame, "w", zipfile.ZIP_STORED) as target:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/"):
                continue
            with archive.open(member) as source, target.open(member.filename, "w") as copy:
                shutil.copyfileobj(source, copy, READ_SIZE)


def cut(path: str, part: str, frame: Path, size: int, formulas: Formulas) -> Iterator[Path]:
    """Give the sheet in pieces of whole rows, each a workbook of its own in the same place as the one before.

    The first is small: who only looks for the heads need not wait for a large one.
    """
    piece = frame.with_name("piece.xlsx")
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
        header, rest = header_of(file)
        wanted = min(size, HEADER_SIZE)
        is_more = True
        while is_more:
            shutil.copyfile(frame, piece)
            with zipfile.ZipFile(piece, "a", zipfile.ZIP_STORED) as target, target.open(part, "w") as sheet:
                sheet.write(header)
                rest, copied = copy_rows(file, rest, sheet, wanted, formulas)
                sheet.write(END)
            is_more, wanted = copied >= wanted, size
            if copied:
                yield piece


def copy_rows(
    file: IO[bytes], rest: bytes, sheet: IO[bytes], wanted: int, formulas: Formulas
) -> tuple[bytes, int]:
    """Copy whole rows until there are `wanted` bytes; return what was read beyond them, and how much was copied.

    What is copied is never held: a piece and its copies would be most of what the import needs of the memory.
    """
    copied = 0
    while copied < wanted:
        read = file.read(READ_SIZE)
        text = rest + read
        end = text.rfind(ROW_END) + len(ROW_END)
        if end >= len(ROW_END):
            whole, rest = text[:end], text[end:]
            copied += sheet.write(whole)
            find(whole, formulas)
        else:
            rest = text
        if not read:
            break
    return rest, copied


def header_of(file: IO[bytes]) -> tuple[bytes, bytes]:
    """Return what stands before the rows, and what was read of them."""
    start = file.read(HEADER_SIZE)
    end = start.index(BEGIN) + len(BEGIN)
    return start[:end], start[end:]


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts that hold the sheets, in the order of the workbook."""
    book = archive.read("xl/workbook.xml")
    links = archive.read("xl/_rels/workbook.xml.rels")
    targets = {}
    for link in re.findall(rb"<(?:\w+:)?Relationship [^>]+>", links):
        key, target = re.search(rb'Id="([^"]+)"', link), re.search(rb'Target="([^"]+)"', link)
        if key and target:
            name = target[1].decode().lstrip("/")
            targets[key[1]] = name if name.startswith("xl/") else f"xl/{name}"
    keys = re.findall(rb'<(?:\w+:)?sheet [^>]*?r:id="([^"]+)"', book)
    return [targets[key] for key in keys if key in targets]


def sheet_index(path: str, part: str) -> int:
    """Return the place of the sheet among all."""
    with zipfile.ZipFile(path) as archive:
        return sheet_parts(archive).index(part)
