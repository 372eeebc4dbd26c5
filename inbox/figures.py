"""The figures beside the title of the home page: a few measures of the apps, each with its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Protocol

from django.db.models import QuerySet

from accounts.services import may
from inbox.notices import declared

MOST = 6


class Measured(Protocol):
    """What the home page needs of a measure, wherever measures are defined."""

    label: Any

    def queryset(self, user: Any, at: dt.datetime) -> QuerySet:
        """The rows that are counted."""

    def url(self) -> str:
        """The list that shows them."""


@dataclass
class Figure:
    """One number with its words and its list."""

    label: Any
    rows: Callable[[], QuerySet]
    url: str
    number: str = ""


@cache
def measures() -> tuple[Measured, ...]:
    """Return the measures that apps put on the home page: `HOME_MEASURES` of their `measures.py`."""
    return tuple(declared("measures", "HOME_MEASURES"))[:MOST]


def figures(user: Any, at: dt.datetime) -> list[Figure]:
    """Return the figures of this person, not counted yet; of what a person's posts do not show there is none."""
    if not user.scope.entries:
        return []
    shown = [each for each in measures() if may(user, _to_view(each, user, at))]
    return [Figure(each.label, partial(each.queryset, user, at), each.url()) for each in shown]


# The permission that each measure asks for; it counts the same kind of rows for everybody.
_TO_VIEW: dict[Measured, str] = {}


def _to_view(measure: Measured, user: Any, at: dt.datetime) -> str:
    """Return the permission to view what is counted, without putting the rows together each time."""
    if measure not in _TO_VIEW:
        meta = measure.queryset(user, at).model._meta
        _TO_VIEW[measure] = f"{meta.app_label}.view_{meta.model_name}"
    return _TO_VIEW[measure]
