"""Telling people while the play goes on: a second process that follows the first one closely.

The messages and papers of a round depend on nothing that comes after it, so a machine with two cores need not wait for
them. The teller is never more than two days behind: after a morning with many papers the play need not stand still.
"""

import multiprocessing
from collections.abc import Callable
from datetime import datetime
from queue import Full
from types import TracebackType
from typing import Self

from django.db import connection, connections

AT_MOST_BEHIND = 8
PATIENCE = 5.0


class Teller:
    """Does `tell(moment)` for each moment that is handed over, in order; where nothing can run beside, at once."""

    def __init__(self, tell: Callable[[datetime], None]) -> None:
        self.tell, self.process = tell, None

    def __enter__(self) -> Self:
        """Start the second process, unless a transaction hides from it what is written here."""
        if connection.in_atomic_block or multiprocessing.cpu_count() < 2:
            return self
        context = multiprocessing.get_context("fork")
        self.moments = context.Queue(AT_MOST_BEHIND)
        # A connection cannot be shared by two processes; each opens its own.
        connections.close_all()
        self.process = context.Process(target=self._follow, daemon=True)
        self.process.start()
        return self

    def __call__(self, at: datetime) -> None:
        """Hand over a moment; wait while the teller is too far behind."""
        if self.process is None:
            self.tell(at)
        else:
            self._hand_over(at)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait until everything is told; stop at once when the play itself has broken off."""
        if self.process is None:
            return
        if error is None:
            self._hand_over(None)
            self.process.join()
            self._make_sure()
        self.process.terminate()

    def _follow(self) -> None:
        while (at := self.moments.get()) is not None:
            self.tell(at)
        connections.close_all()

    def _hand_over(self, at: datetime | None) -> None:
        while True:
            try:
                return self.moments.put(at, timeout=PATIENCE)
            except Full:
                self._make_sure()

    def _make_sure(self) -> None:
        if self.process.exitcode:
            raise RuntimeError("The process that tells people has broken off; its error stands above.")
