"""The tabs above a list: what everybody has and what a person keeps, each with its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from accounts.models import User
from listings.counting import capped_each, in_figures, limit_for

if TYPE_CHECKING:
    from listings.pages import ListPage

# Not part of what is filtered: how it is shown.
PRESENTATION = frozenset({"page", "after", "sort", "size", "count", "cols", "part", "panel", "format"})


@dataclass(frozen=True)
class Preset:
    """A tab that everybody has: a name and the filter behind it."""

    code: str
    label: Any
    query: dict[str, str] | Callable[[User], dict[str, str]]

    def parameters(self, user: User) -> dict[str, str]:
        """Return the filter for this person."""
        return self.query(user) if callable(self.query) else self.query


@dataclass(frozen=True)
class Link:
    """A choice on the page: a tab, a page number, a page size. `own` is a person's own filter."""

    label: Any
    url: str = ""
    current: bool = False
    count: Any = ""
    code: str = ""
    own: bool = False


def conditions(query: QueryDict) -> dict[str, list[str]]:
    """Return what an address filters by, without how it is shown and without empty answers."""
    found = {}
    for name, values in query.lists():
        given = sorted(value for value in values if value != "")
        if given and name not in PRESENTATION:
            found[name] = given
    return found


def tabs(page: ListPage) -> list[Link]:
    """Return the presets and the person's own filters; their counts follow when the page stands."""
    here, path = conditions(page.request.GET), page.request.path
    found = []
    for preset in page.presets:
        query = QueryDict(urlencode(preset.parameters(page.user), doseq=True))
        found.append(Link(preset.label, at(path, query), conditions(query) == here, code=preset.code))
    for saved in page.kept.filters:
        query = QueryDict(saved.query)
        current = conditions(query) == here
        found.append(Link(saved.name, at(path, query), current, code=f"own-{saved.pk}", own=True))
    return found


def counted(page: ListPage) -> list[Link]:
    """Return the tabs with their counts, which one statement gives."""
    found = tabs(page)
    queries = [QueryDict(tab.url.partition("?")[2]) for tab in found]
    limits = [limit_for(conditions(query), is_placed=page.is_placed) for query in queries]
    counts = capped_each([page.matching(query) for query in queries], limits)
    return [
        replace(tab, count=in_figures(count, limit))
        for tab, count, limit in zip(found, counts, limits, strict=True)
    ]


def at(path: str, query: QueryDict) -> str:
    """Return the address of the list under a query."""
    text = query.urlencode()
    return f"{path}?{text}" if text else path


def page_links(page: ListPage) -> list[Link]:
    """Return the first pages, those beside this one, the last where it is known, and gaps between them."""
    last = max(-(-min(page.total, page.limit) // page.size), 1)
    near = {1, 2, page.page - 1, page.page, page.page + 1}
    if page.total <= page.limit:
        near.add(last)
    numbers = sorted(number for number in near if number == page.page or 1 <= number <= last)
    found: list[Link] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            found.append(Link("…"))
        found.append(Link(number, page.address(page=number), number == page.page))
    return found
