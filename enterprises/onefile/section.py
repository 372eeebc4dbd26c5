"""What a section of the printed file is, and the pieces that every section is written with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from enterprises.models import Enterprise
from listings.columns import Column, in_words
from paperwork.reports.blocks import Block, Line, Remark, Table

# Rows of one table, of all tables of ledgers together, and of a table that comes when those are printed: a page in the
# making takes memory. What goes beyond is read in the list, and the paper says how much that is and where.
MOST_ROWS, MOST_IN_ALL, LEAST_ROWS = 500, 1_000, 20
# More columns than this are too narrow to read on an upright page; the others stand under the row.
MOST_COLUMNS = 7
# No day lies in it, so that every day is written with its year.
NO_YEAR = -1


@dataclass
class Room:
    """How many rows of ledgers still go on the paper."""

    left: int = MOST_IN_ALL

    def take(self, wanted: int) -> int:
        """Return how many of the rows of one table are printed."""
        given = min(wanted, MOST_ROWS, max(self.left, LEAST_ROWS))
        self.left -= given
        return given


@dataclass(frozen=True)
class Reader:
    """For whom the file is written, and as of when: nobody gets on paper what no page shows them."""

    enterprise: Enterprise
    user: User
    at: datetime
    room: Room = field(default_factory=Room, compare=False)


@dataclass(frozen=True)
class FileSection:
    """A part of the printed file; a section that writes nothing is left out, as is one without the permission."""

    code: str
    title: Any
    write: Callable[[Reader], Sequence[Block]]
    order: int = 50
    permission: str = ""


def said(value: Any) -> str:
    """Return a value as it stands on paper: days with their year, moments with their minute."""
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(in_words(value, NO_YEAR))


def table(columns: Sequence[Column], rows: Iterable[Any], notes: dict[int, str] | None = None) -> Table:
    """Return rows under the columns that a page shows by itself; what the others say stands under each row.

    `notes` adds to what stands under a row, by its key.
    """
    chosen = [column for column in columns if column.default][:MOST_COLUMNS]
    others = [column for column in columns if column not in chosen]
    lines = [
        Line(
            tuple(said(column.raw(row)) for column in chosen),
            "　".join(part for part in (*below(others, row), (notes or {}).get(row.pk, "")) if part),
        )
        for row in rows
    ]
    numbers = frozenset(place for place, column in enumerate(chosen) if column.is_number)
    return Table(tuple(str(column.label) for column in chosen), tuple(lines), numbers)


def below(columns: Sequence[Column], row: Any) -> list[str]:
    """Return what further columns say of a row, with their labels; what is empty or "no" goes without saying."""
    values = [(column, column.raw(row)) for column in columns]
    return [
        _("%(label)s: %(value)s") % {"label": column.label, "value": said(value)}
        for column, value in values
        if value not in (None, "", 0)
    ]


def rest(shown: int, all_rows: int, where: Any) -> list[Block]:
    """Say how many rows the paper leaves out, if it does, and where they stand."""
    if shown >= all_rows:
        return []
    words = {"shown": shown, "all": all_rows, "left": all_rows - shown, "where": where}
    sentence = _(
        "%(shown)d of %(all)d rows are printed; the other %(left)d stand in the system, in this file under “%(where)s”."
    )
    return [Remark(sentence % words)]
