"""The pieces of which a report is made, described once and rendered in two ways."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

# As wide as 2026-03-10, where a Chinese character counts two.
SHORT = 10
# What XML does not allow, and no font can show.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """The head of a section (level 1, listed in the contents) or of a part of it (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Facts:
    """Labels with what they say, two beside each other."""

    rows: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> list[tuple[tuple[str, str], ...]]:
        """The rows two by two; the last may stand alone."""
        return [self.rows[place : place + 2] for place in range(0, len(self.rows), 2)]


@dataclass(frozen=True)
class Line:
    """A row of a table; the note stands under its cells over the whole width, and goes to the next page with them."""

    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under heads that stand again on every page; `numbers` are the places of columns set to the right."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    numbers: frozenset[int] = field(default=frozenset())

    @cached_property
    def short(self) -> frozenset[int]:
        """The places of columns in which nothing is longer than a day: none of their words and days is broken."""
        widest = [
            max((weight(line.cells[place]) for line in self.lines), default=0)
            for place in range(len(self.heads))
        ]
        return frozenset(place for place, size in enumerate(widest) if size <= SHORT)


@dataclass(frozen=True)
class Remark:
    """A sentence in small type."""

    text: str


Block = Heading | Facts | Table | Remark


@dataclass(frozen=True)
class Report:
    """A report: what it is called, whom it is about, who had it made and when, and its blocks."""

    title: str
    subject: str
    facts: Facts
    made_by: str
    made_at: datetime
    blocks: Sequence[Block]


def weight(text: str) -> int:
    """Return how wide a text is: a Chinese character counts two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def printable(text: object) -> str:
    """Return a text without the signs that no paper can carry."""
    return UNPRINTABLE.sub("", str(text))
