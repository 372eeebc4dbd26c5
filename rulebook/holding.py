"""Finding the number that held on a day; from memory while long work says that nobody writes numbers meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from regions.codes import prefixes
from rulebook.models import Parameter

Held = Mapping[str, list[Parameter]]
_held: ContextVar[Held | None] = ContextVar("held", default=None)


@contextmanager
def numbers_held() -> Iterator[None]:
    """Inside the block numbers are read once, not at every question: only for work beside which nobody changes them."""
    rows: dict[str, list[Parameter]] = defaultdict(list)
    for row in Parameter.objects.live().select_related("law"):
        rows[row.code].append(row)
    token = _held.set(rows)
    try:
        yield
    finally:
        _held.reset(token)


def find(code: str, *, on: date, region: str, subject: str = "") -> Parameter | None:
    """Return the live number of a day: of the most specific jurisdiction around the place, there the one for the class."""
    codes = [f"{code}_{subject}", code] if subject else [code]
    held = _held.get()
    if held is None:
        rows = Parameter.objects.filter(code__in=codes).valid_on(on).applying_in(region)
        return rows.select_related("law").first()
    places = ("", *prefixes(region))
    rows = [
        row for each in codes for row in held.get(each, ()) if row.jurisdiction in places and holds(row, on)
    ]
    return max(rows, key=lambda row: (len(row.jurisdiction), len(row.code)), default=None)


def of_all_places(codes: Collection[str], *, on: date) -> list[Parameter]:
    """Return the live numbers of a day for these codes, those of every jurisdiction."""
    held = _held.get()
    if held is None:
        return list(Parameter.objects.filter(code__in=codes).valid_on(on))
    return [row for code in codes for row in held.get(code, ()) if holds(row, on)]


def holds(row: Parameter, on: date) -> bool:
    """Say whether a live row holds on a day."""
    return row.effective_from <= on and (row.effective_to is None or row.effective_to >= on)
