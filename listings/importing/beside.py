"""A large sheet read by a second process: the reader keeps Python to itself, and what it has read is checked meanwhile.

What was read lies on the disk, for both of them and for whoever wants the rows once more; only sizes are told by a pipe,
so that nobody waits for the other to take something over.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path
from typing import IO, Any

from listings.importing import pieces

PROJECT = Path(__file__).parents[2]
# Rows handed over at once, and the bytes in which their size is written.
HANDFUL = 1000
SIZE_BYTES = 8


class SheetBeside:
    """Begins to read at once; its rows can be had as often as they are asked for.

    `formulas` has the columns of the cells that hold formulas, by row number from 1, of the rows given so far.
    """

    def __init__(self, path: str, part: str) -> None:
        self.kept = tempfile.TemporaryFile()  # noqa: SIM115 - it stays open as long as this stands
        self.places: list[tuple[int, int]] = []
        self.formulas: dict[int, set[int]] = {}
        number = self.kept.fileno()
        command = [sys.executable, "-m", __name__, path, part, str(pieces.PIECE_SIZE), str(number)]
        options = {"stdout": subprocess.PIPE, "pass_fds": [number]}
        self.reader = subprocess.Popen(command, cwd=PROJECT, **options)  # noqa: S603 - our own module
        self.close = weakref.finalize(self, stop, self.reader, self.kept)

    def rows(self) -> Iterator[list[Any]]:
        """Give every row of the sheet from the first.

        Raises what the reader raised, and EOFError when its process was killed.
        """
        for number in count():
            handful = self._handful(number)
            if not handful:
                return
            yield from handful

    def _handful(self, number: int) -> list[list[Any]]:
        is_new = number == len(self.places)
        if is_new:
            self._await()
        place, size = self.places[number]
        what = pickle.loads(os.pread(self.kept.fileno(), size, place))  # noqa: S301 - from our own process
        if isinstance(what, Exception):
            raise what
        handful, formulas = what
        if is_new:
            self.formulas.update(formulas)
        return handful

    def _await(self) -> None:
        told = self.reader.stdout.read(SIZE_BYTES)
        if len(told) < SIZE_BYTES:
            raise EOFError("The process that reads the sheet has broken off.")
        self.places.append((sum(self.places[-1]) if self.places else 0, int.from_bytes(told)))


def stop(reader: subprocess.Popen, kept: IO[bytes]) -> None:
    """End the second process and let go of what it read."""
    reader.kill()
    reader.wait()
    reader.stdout.close()
    kept.close()


def read_into(kept: int, path: str, part: str, size: int) -> Iterator[int]:
    """Write the rows into an open file, handful by handful, then an empty one, or what went wrong; give each one's size."""
    with open(kept, "wb", closefd=False) as file:
        for what in handfuls(path, part, size):
            pickled = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
            file.write(pickled)
            file.flush()
            yield len(pickled)


def handfuls(
    path: str, part: str, size: int
) -> Iterator[tuple[list[list[Any]], dict[int, set[int]]] | Exception]:
    """Give the rows in handfuls, with the formulas found since the last; the end is a handful of none."""
    formulas: dict[int, set[int]] = {}
    try:
        rows = pieces.rows_in_pieces(path, part, size, formulas)
        while handful := list(islice(rows, HANDFUL)):
            yield handful, formulas
            formulas.clear()
        yield [], {}
    except Exception as error:  # noqa: BLE001 - it is raised again where the rows are asked for
        yield error


def main(path: str, part: str, size: str, kept: str) -> None:
    """Read the sheet and tell the first process how much there is of it."""
    with suppress(BrokenPipeError):
        for told in read_into(int(kept), path, part, int(size)):
            sys.stdout.buffer.write(told.to_bytes(SIZE_BYTES))
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
