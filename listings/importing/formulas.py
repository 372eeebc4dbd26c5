"""Cells that hold a formula, found in the text of a sheet; the reader would only give the value last computed."""

import re
from collections.abc import Iterator
from typing import IO

FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f[ >/]')
# So many rows with formulas say what is wrong with a file.
KEPT = 10_000
PIECE = 1 << 20

# The columns from 0, by row number from 1.
Formulas = dict[int, set[int]]


def of_file(file: IO[bytes]) -> Formulas:
    """Find them in the text of a whole sheet, reading piece by piece."""
    found: Formulas = {}
    rest = b""
    while (piece := file.read(PIECE)) and len(found) <= KEPT:
        piece = rest + piece
        find(piece, found)
        # A cell may lie across two pieces: the last one begun is looked at again with the next, unless it was found.
        last = piece.rfind(b"<c ")
        whole = last < 0 or FORMULA.match(piece, last)
        rest = piece[-2:] if whole else piece[last:]
    return found


def find(text: bytes, found: Formulas) -> None:
    """Add those in a piece of a sheet's text."""
    for letters, row in cells(text):
        found.setdefault(int(row), set()).add(column_number(letters))
        if len(found) > KEPT:
            return


def cells(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give column and row of each, as they are written."""
    # To look for two signs takes a tenth of looking for cells.
    return (match.groups() for match in FORMULA.finditer(text)) if b"<f" in text else iter(())


def column_number(letters: bytes) -> int:
    """Return the place of column A, B, … AA, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
