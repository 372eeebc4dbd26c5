"""The figures beside the title of the home page: a few measures of the apps, each with its list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.db.models import Model, QuerySet

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
    rows: QuerySet
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
    found = [Figure(each.label, each.queryset(user, at), each.url()) for each in measures()]
    return [figure for figure in found if may(user, _to_view(figure.rows.model))]


def _to_view(model: type[Model]) -> str:
    return f"{model._meta.app_label}.view_{model._meta.model_name}"
