"""A large sheet read by a second process: the reader keeps Python to itself, and what it has read is checked meanwhile.

What was read stays on the disk, for whoever wants the rows once more.
"""

import pickle
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from io import SEEK_END
from itertools import count, islice
from pathlib import Path
from typing import IO, Any

from listings.importing import pieces

PROJECT = Path(__file__).parents[2]
# Rows handed over at once, and the bytes in which their size is written.
HANDFUL = 1000
SIZE_BYTES = 8
# So far the reader may be ahead; it is the most that Linux lends to everybody.
AHEAD = 1 << 20


class SheetBeside:
    """Begins to read at once; its rows can be had as often as they are asked for."""

    def __init__(self, path: str, part: str) -> None:
        self.kept = tempfile.TemporaryFile()  # noqa: SIM115 - it stays open as long as this stands
        self.places: list[int] = []
        command = [sys.executable, "-m", __name__, path, part, str(pieces.PIECE_SIZE)]
        pipe = {"stdout": subprocess.PIPE, "pipesize": AHEAD}
        self.reader = subprocess.Popen(command, cwd=PROJECT, **pipe)  # noqa: S603 - our own module
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
        if number == len(self.places):
            self._fetch()
        self.kept.seek(self.places[number])
        handful = pickle.load(self.kept)  # noqa: S301 - from our own process
        if isinstance(handful, Exception):
            raise handful
        return handful

    def _fetch(self) -> None:
        size = int.from_bytes(self._read(SIZE_BYTES))
        pickled = self._read(size)
        self.places.append(self.kept.seek(0, SEEK_END))
        self.kept.write(pickled)

    def _read(self, size: int) -> bytes:
        read = self.reader.stdout.read(size)
        if len(read) < size:
            raise EOFError("The process that reads the sheet has broken off.")
        return read


def stop(reader: subprocess.Popen, kept: IO[bytes]) -> None:
    """End the second process and let go of what it read."""
    reader.kill()
    reader.wait()
    reader.stdout.close()
    kept.close()


def main(path: str, part: str, size: str) -> None:
    """Hand the rows to the first process, handful by handful, then an empty one; or what went wrong."""
    rows = pieces.rows_in_pieces(path, part, int(size))
    try:
        while handful := list(islice(rows, HANDFUL)):
            hand_over(handful, sys.stdout.buffer)
        hand_over([], sys.stdout.buffer)
    except Exception as error:  # noqa: BLE001 - it is raised again where the rows are asked for
        hand_over(error, sys.stdout.buffer)


def hand_over(what: object, where: IO[bytes]) -> None:
    """Write one thing, its size before it."""
    pickled = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    where.write(len(pickled).to_bytes(SIZE_BYTES) + pickled)
    where.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
