"""The pieces of which an issued document is made, described once and rendered to paper in two ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Agency:
    """The name of the issuing agency, in red over a rule."""

    name: str


@dataclass(frozen=True)
class Title:
    """What the document is."""

    text: str


@dataclass(frozen=True)
class Number:
    """Its number."""

    text: str


@dataclass(frozen=True)
class Party:
    """To whom it is addressed."""

    name: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, first line set in."""

    text: str


@dataclass(frozen=True)
class Item:
    """A numbered item with the lines that belong under it; the last line is set bold."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Items:
    """Numbered items."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign: rows of (label, value); an empty value is a line to write on."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Seal:
    """Agency, date and place of the seal, beside the code by which anyone verifies the document."""

    agency: str
    date: str


@dataclass(frozen=True)
class Copies:
    """How many copies, for whom."""

    text: str


Block = Agency | Title | Number | Party | Paragraph | Items | Signatures | Seal | Copies


@dataclass(frozen=True)
class Stamp:
    """What the issuing adds to the facts: the number, the code for verification with its address, the moment."""

    number: str
    code: str
    url: str
    issued_at: datetime


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document: `build` turns its declared facts (a frozen dataclass) and the stamp into blocks."""

    code: str
    title: str
    word: str
    facts: type[Any]
    build: Callable[[Any, Stamp], Sequence[Block]]
