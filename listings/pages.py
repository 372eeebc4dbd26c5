"""The list page: an app declares model, filter, columns and verbs; everything else is here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from django_filters import FilterSet

from accounts.models import User
from listings import actions
from listings.columns import Column
from listings.counting import LIMIT, capped, in_figures
from listings.models import ColumnChoice, SavedFilter
from listings.words import Chip, chips

SIZES = (25, 50, 100)
# Not part of what is filtered: how it is shown.
PRESENTATION = frozenset({"page", "sort", "size", "count", "part", "format"})
PAGES: dict[str, type["ListPage"]] = {}


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
class BulkVerb:
    """A verb that can be done to many rows: the same service, row by row.

    `refusal(row, user, at)` says why a row would be skipped, or returns nothing.
    """

    name: str
    label: Any
    permission: str
    service: Callable[..., Any]
    refusal: Callable[[Any, User, Any], str]


@dataclass(frozen=True)
class Link:
    """A choice on the page: a tab, a page number, a page size."""

    label: Any
    url: str = ""
    current: bool = False
    count: Any = ""
    code: str = ""


class ListPage(LoginRequiredMixin, View):
    """Lists what the person may see: filters in the address, chips, tabs, columns, sort, pages, bulk, export."""

    key: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    model: ClassVar[type[Model]]
    filter_class: ClassVar[type[FilterSet]]
    columns: ClassVar[tuple[Column, ...]] = ()
    search_field: ClassVar[str] = "search_text"
    search_label: ClassVar[Any] = _("Search in the results")
    default_sort: ClassVar[str] = ""
    order_suffix: ClassVar[str] = "id"
    presets: ClassVar[tuple[Preset, ...]] = ()
    bulk_verbs: ClassVar[tuple[BulkVerb, ...]] = ()
    export_name: ClassVar[str] = "list"
    empty_text: ClassVar[Any] = _("Nothing here matches.")
    template: ClassVar[str] = "listings/list.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.key:
            PAGES[cls.key] = cls

    # ── rows ──────────────────────────────────────────────────────────────

    @property
    def user(self) -> User:
        """The person who looks."""
        return self.request.user

    def visible(self) -> QuerySet:
        """Every row the person may see, before any filter."""
        return self.model._default_manager.visible_to(self.user)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch in the same query what the columns show."""
        return rows

    @cached_property
    def filterset(self) -> FilterSet:
        """The filter form, filled from the address."""
        return self.filter_class(self.request.GET, queryset=self.visible(), request=self.request)

    @cached_property
    def filtered(self) -> QuerySet:
        """The rows that match; a condition that cannot be read filters nothing and is shown as wrong."""
        rows = self.filterset.qs
        words = self.request.GET.get("q", "").strip()
        return rows.filter(**{f"{self.search_field}__bigrams": words[:60]}) if words else rows

    @cached_property
    def sort(self) -> str:
        """The order asked for, if a column offers it; else the page's own."""
        asked = self.request.GET.get("sort", "")
        known = {column.sort for column in self.columns if column.sort}
        return asked if asked.lstrip("-") in known else self.default_sort

    def ordered(self, rows: QuerySet) -> QuerySet:
        """Order by one indexed field, with the id to settle ties in the same direction."""
        down = self.sort.startswith("-")
        return rows.order_by(self.sort, f"-{self.order_suffix}" if down else self.order_suffix)

    @cached_property
    def size(self) -> int:
        """Rows to a page."""
        asked = self.request.GET.get("size", "")
        return int(asked) if asked.isdecimal() and int(asked) in SIZES else SIZES[0]

    @cached_property
    def page(self) -> int:
        """The page asked for, from 1."""
        asked = self.request.GET.get("page", "1")
        return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1

    @cached_property
    def total(self) -> int:
        """How many rows match, read to LIMIT + 1 unless an exact count is asked for."""
        if self.request.GET.get("count") == "exact":
            return self.filtered.order_by().count()
        return capped(self.filtered)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page: first their keys, from the index alone, then the rows themselves."""
        start = (self.page - 1) * self.size
        keys = list(self.ordered(self.filtered).values_list("pk", flat=True)[start : start + self.size])
        rows = self.with_relations(self.model._default_manager.filter(pk__in=keys))
        place = {key: number for number, key in enumerate(keys)}
        return sorted(rows, key=lambda row: place[row.pk])

    # ── columns ───────────────────────────────────────────────────────────

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns this person chose, or the page's own choice."""
        known = {column.name: column for column in self.columns}
        choice = ColumnChoice.objects.filter(user=self.user, page=self.key).first()
        names = [name for name in choice.names if name in known] if choice else []
        return [known[name] for name in names] or [column for column in self.columns if column.default]

    def prepare(self, rows: list[Any]) -> None:
        """Fetch for all rows at once what cells need beyond the row, and hang it on the rows."""

    def table(self) -> list[tuple[Any, str, list[tuple[str, Any]]]]:
        """Return (pk, name, [(css, html)]) for each row: drawn here, so that the template only loops."""
        rows, columns = self.rows, self.chosen
        self.prepare(rows)
        return [(row.pk, str(row), [(column.css, column.cell(row)) for column in columns]) for row in rows]

    # ── addresses ─────────────────────────────────────────────────────────

    def address(self, **changes: Any) -> str:
        """Return this page's address with some parameters changed; None removes one."""
        query = self.request.GET.copy()
        for name in ("part", "count"):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        text = query.urlencode()
        return f"{self.request.path}?{text}" if text else self.request.path

    def heads(self) -> list[dict[str, Any]]:
        """Return the column heads with their sort links."""
        found = []
        for column in self.chosen:
            direction = ""
            url = ""
            if column.sort:
                here = self.sort.lstrip("-") == column.sort
                direction = ("descending" if self.sort.startswith("-") else "ascending") if here else ""
                turned = column.sort if self.sort.startswith("-") or not here else f"-{column.sort}"
                url = self.address(sort=turned, page=None)
            found.append({"label": column.label, "css": column.css, "url": url, "sort": direction})
        return found

    def chips(self) -> list[Chip]:
        """Return the conditions in words, each with the address without it."""
        return chips(self.filterset, self.request.GET, self.address)

    def tabs(self) -> list[Link]:
        """Return the presets and the person's own filters; their counts follow when the page stands."""
        query = {name: values for name, values in self.request.GET.lists() if name not in PRESENTATION}
        found = []
        for preset in self.presets:
            wanted = preset.parameters(self.user)
            current = {name: [value] for name, value in wanted.items()} == query
            found.append(Link(preset.label, self._tab_url(urlencode(wanted)), current, code=preset.code))
        for saved in SavedFilter.objects.filter(user=self.user, page=self.key):
            current = dict(QueryDict(saved.query).lists()) == query
            found.append(Link(saved.name, self._tab_url(saved.query), current, code=f"own-{saved.pk}"))
        return found

    def _tab_url(self, query: str) -> str:
        return f"{self.request.path}?{query}" if query else self.request.path

    def tab_counts(self) -> list[Link]:
        """Return the tabs with their counts."""
        return [
            Link(tab.label, tab.url, tab.current, self._count_of(tab.url), tab.code) for tab in self.tabs()
        ]

    def _count_of(self, url: str) -> str:
        query = QueryDict(url.partition("?")[2])
        return in_figures(capped(self.filter_class(query, queryset=self.visible(), request=self.request).qs))

    def pager(self) -> dict[str, Any]:
        """Return what stands under the table."""
        last_page = max(-(-min(self.total, LIMIT) // self.size), 1) if self.total <= LIMIT else None
        first = (self.page - 1) * self.size + 1 if self.rows else 0
        more = self.page * self.size < self.total
        return {
            "first": first,
            "last": first + len(self.rows) - 1 if self.rows else 0,
            "total": in_figures(self.total, max(LIMIT, self.total if "count" in self.request.GET else 0)),
            "exact_url": self.address(count="exact")
            if self.total > LIMIT and "count" not in self.request.GET
            else "",
            "sizes": [Link(size, self.address(size=size, page=None), size == self.size) for size in SIZES],
            "pages": self._page_links(last_page),
            "next_url": self.address(page=self.page + 1)
            if more or len(self.rows) == self.size and not last_page
            else "",
            "as_of": timezone.now(),
            "refresh_url": self.address(),
        }

    def _page_links(self, last: int | None) -> list[Link]:
        near = {1, 2, self.page - 1, self.page, self.page + 1, *({last} if last else set())}
        numbers = sorted(number for number in near if number >= 1 and (last is None or number <= last))
        found: list[Link] = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number - before > 1:
                found.append(Link("…"))
            found.append(Link(number, self.address(page=number), number == self.page))
        return found

    # ── answers ───────────────────────────────────────────────────────────

    def extra_context(self) -> dict[str, Any]:
        """Give the template what this page alone needs: the buttons at the top."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "page": self,
            "title": self.title,
            "filter": self.filterset,
            "q": self.request.GET.get("q", ""),
            "chips": self.chips(),
            "tabs": self.tabs(),
            "heads": self.heads(),
            "table": self.table(),
            "pager": self.pager(),
            "verbs": actions.allowed(self),
            "all_columns": self._column_choices(),
            "chosen_count": len(self.chosen),
            "total": in_figures(self.total),
            "clear_url": self.request.path,
            **self.extra_context(),
        }

    def _column_choices(self) -> list[tuple[Column, bool]]:
        chosen = self.chosen
        return [(column, True) for column in chosen] + [
            (column, False) for column in self.columns if column not in chosen
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, its results alone, its tabs with counts, or the export."""
        part = request.GET.get("part", "")
        if part == "tabs":
            return render(request, "listings/_tabs.html", {"tabs": self.tab_counts(), "title": self.title})
        if request.GET.get("format") in {"xlsx", "csv"}:
            return actions.export(self)
        template = "listings/_results.html" if request.htmx else self.template
        return render(request, template, self.context())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep a filter or columns, or take a bulk verb."""
        return actions.take(self)
