"""Measures: figures that open the exact list behind them, declared by apps in their `measures.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User
from listings.discovery import declared


@dataclass(frozen=True)
class Breakdown:
    """One way to split a measure: by the values of a field, each of which is a filter of the list."""

    code: str
    label: Any
    path: str
    parameter: str
    words: Callable[[list[Any]], Mapping[Any, Any]]


@dataclass(frozen=True, eq=False)
class Measure:
    """A count of rows the person sees; `list_url(params)` is the list of exactly those rows."""

    code: str
    label: Any
    queryset: Callable[[User, datetime], QuerySet]
    list_url: Callable[[Mapping[str, Any]], str]
    params: Mapping[str, Any] = field(default_factory=dict)
    unit: Any = ""
    breakdowns: tuple[Breakdown, ...] = ()

    def value(self, user: User, at: datetime) -> int:
        """Count the rows."""
        return self.queryset(user, at).order_by().count()

    def url(self, **more: Any) -> str:
        """Return the address of the list behind the figure, narrowed further if asked."""
        return self.list_url({**self.params, **more})


@dataclass(frozen=True)
class Share:
    """One part of a measure: its name, how many, and the list behind it."""

    label: Any
    count: int
    url: str


@cache
def registry() -> dict[str, Measure]:
    """Return all measures by their code."""
    return {measure.code: measure for measure in declared("measures", "MEASURES")}


def split(measure: Measure, by: str, user: User, at: datetime) -> list[Share]:
    """Return the parts of a measure by one breakdown, the largest first: one grouped query."""
    way = next(way for way in measure.breakdowns if way.code == by)
    rows = measure.queryset(user, at).order_by().values_list(way.path).annotate(n=Count("pk")).order_by("-n")
    return shares(measure, way, list(rows))


def shares(measure: Measure, way: Breakdown, counted: list[tuple[Any, int]]) -> list[Share]:
    """Name the parts of a measure and give each the list behind it."""
    words = way.words([value for value, _count in counted])
    return [
        Share(words.get(value, value), count, measure.url(**{way.parameter: value}))
        for value, count in counted
    ]
