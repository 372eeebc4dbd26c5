"""The shapes of a figure: columns, rows of numbers with their lists, and one way to split."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """A head of the table."""

    label: Any
    color: str = ""


@dataclass(frozen=True)
class Cell:
    """A number and the list behind it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    label: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Figure:
    """What `components/figure.html` shows."""

    code: str
    heading: str
    unit: str
    kind: str
    head: list[Column]
    rows: list[Row]
    foot: Row | None = None
    list_url: str = ""


@dataclass(frozen=True)
class Axis:
    """One way to split: its head, its parts in order, their names and the list's parameter."""

    code: str
    label: str
    parameter: str
    numbers: Mapping[Any, Counter]
    words: Mapping[Any, Any]
    order: Sequence[Any] = field(default_factory=tuple)

    def label_of(self, value: Any) -> Any:
        """Name a part; the code itself where nothing is known of it."""
        return self.words.get(value, value)

    def ranked(self, by: str) -> list[Any]:
        """Return the parts, the largest number first and then in their own order."""
        return sorted(self.order, key=lambda value: -self.numbers.get(value, Counter())[by])
