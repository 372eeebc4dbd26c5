"""The numbers of the rulebook in every place at once: read by one query, for work that is done in sets.

`parameter()` answers for one record. Whoever goes over all enterprises of a city asks here: a county's own number holds
in that county, and the most specific place wins, whether the answer is wanted in Python, in a query or in a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Field, Value, When

from regions.codes import LEVEL_COLUMNS, prefixes
from rulebook.holding import of_all_places
from rulebook.services import RuleNotFound


class Number(NamedTuple):
    """A number with its unit."""

    amount: Decimal
    unit: str


Reading = Callable[[Number], Any]


def whole(number: Number) -> int:
    """Read a number as a whole one."""
    return int(number.amount)


class Places:
    """The numbers of some codes on one day, with every place that has its own."""

    def __init__(self, codes: Iterable[str], on: date) -> None:
        self.codes, self.on = frozenset(codes), on

    @cached_property
    def known(self) -> dict[str, dict[str, Number]]:
        """The numbers by code and jurisdiction; the country is the empty one."""
        found: dict[str, dict[str, Number]] = {code: {} for code in self.codes}
        for row in of_all_places(self.codes, on=self.on) if self.codes else ():
            found[row.code][row.jurisdiction] = Number(row.amount, row.unit)
        return found

    def of(self, code: str, region: str = "") -> Number:
        """Return the number that holds in a place; raises RuleNotFound where none does."""
        own = self.known[code]
        for place in reversed(["", *prefixes(region)]):
            if place in own:
                return own[place]
        where = region or "the country"
        raise RuleNotFound(f"The rulebook holds no {code} on {self.on:%Y-%m-%d} for {where}.")

    def special(self, *codes: str) -> list[str]:
        """Return the places below the country that have a number of their own for any of the codes, the smallest first."""
        held = {place for code in codes or self.codes for place in self.known[code] if place}
        return sorted(held, key=lambda place: (-len(place), place))

    def expression(
        self, code: str, *, path: str = "", read: Reading = whole, field: Field | None = None
    ) -> Case | Value:
        """Return the number as an expression over rows whose level columns lie under `path` ("enterprise__")."""
        common = Value(read(self.of(code)), output_field=field)
        branches = [
            When(**{f"{path}{LEVEL_COLUMNS[len(place)]}": place}, then=Value(read(self.of(code, place))))
            for place in self.special(code)
        ]
        return Case(*branches, default=common, output_field=field) if branches else common

    def label(self, path: str = "") -> Case | Value:
        """Return, over rows whose level columns lie under `path`, the smallest place with numbers of its own; or ''."""
        common = Value("", output_field=CharField())
        branches = [
            When(**{f"{path}{LEVEL_COLUMNS[len(place)]}": place}, then=Value(place))
            for place in self.special()
        ]
        return Case(*branches, default=common, output_field=CharField()) if branches else common

    def sql(
        self, code: str, alias: str, *, read: Reading = whole, name: str = ""
    ) -> tuple[str, dict[str, Any]]:
        """Return the number as SQL over rows that `alias` names, with its parameters: one mark where no place differs.

        The marks begin with `name`, or with the code.
        """
        mark = name or code.lower()
        values = {mark: read(self.of(code))}
        branches = []
        for turn, place in enumerate(self.special(code)):
            values |= {f"{mark}_at_{turn}": place, f"{mark}_is_{turn}": read(self.of(code, place))}
            branches.append(f"WHEN {_lies_in(alias, place, f'{mark}_at_{turn}')} THEN %({mark}_is_{turn})s")
        common = f"%({mark})s"
        return (f"CASE {' '.join(branches)} ELSE {common} END" if branches else common), values


def _lies_in(alias: str, place: str, mark: str) -> str:
    column, _sign, starts = LEVEL_COLUMNS[len(place)].partition("__")
    return f"starts_with({alias}.{column}, %({mark})s)" if starts else f"{alias}.{column} = %({mark})s"
