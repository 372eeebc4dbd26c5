"""Figures as `components/figure.html` shows them: a finding, and a table whose numbers open their lists."""

from dataclasses import dataclass
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


def percent(part: int, whole: int) -> str:
    """Write a share with one decimal; cut off, so that only all of it is 100 %."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10} %"
