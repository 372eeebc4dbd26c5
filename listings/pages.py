"""The list page: an app declares model, filter, columns and verbs; everything else is here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views import View
from django_filters import FilterSet

from accounts.models import User
from listings import actions, bulk, paging, searching
from listings.addresses import Addresses
from listings.columns import Column, head_cell, tick_box
from listings.counting import capped, in_figures, limit_for
from listings.keeping import Kept, kept_by
from listings.registry import PAGES
from listings.spreadsheets import TYPES
from listings.tabs import Link, Preset, conditions, counted, page_links, tabs
from listings.words import Chip, chips, named, sentence

__all__ = ["BulkVerb", "Link", "ListPage", "Preset"]
SIZES = (25, 50, 100)
LONGEST_SEARCH = 60
# More columns than that do not fit on a screen side by side.
MOST_ON_SCREEN = 14


@dataclass(frozen=True)
class BulkVerb:
    """A verb that can be done to many rows: the same service, row by row.

    `refusal(row, user, at)` says why a row would be skipped, or returns nothing. `form_class` asks for what the verb
    needs, such as a reason; its cleaned data (or `verb_data()`) go to the service as keyword arguments.
    """

    name: str
    label: Any
    permission: str
    service: Callable[..., Any]
    refusal: Callable[[Any, User, Any], str]
    form_class: type[Form] | None = None


def words_of(query: QueryDict) -> str:
    """Return the words that a query looks for."""
    return query.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]


class ListPage(LoginRequiredMixin, Addresses, View):
    """Lists what the person may see: filters in the address, chips, tabs, columns, sort, pages, bulk, export."""

    http_method_names: ClassVar[list[str]] = ["get", "head", "post"]
    key: ClassVar[str] = ""
    title: ClassVar[Any] = ""
    model: ClassVar[type[Model]]
    filter_class: ClassVar[type[FilterSet]]
    columns: ClassVar[tuple[Column, ...]] = ()
    search_field: ClassVar[str] = "search_text"
    search_label: ClassVar[Any] = _("Search in the results")
    # Where words are looked for without an index of them, because there are few rows to read.
    reads_all: ClassVar[bool] = False
    # Whether the rows carry the codes of their place themselves; those of an enterprise, such as a list, do not.
    is_placed: ClassVar[bool] = True
    default_sort: ClassVar[str] = ""
    order_suffix: ClassVar[str] = "id"
    presets: ClassVar[tuple[Preset, ...]] = ()
    bulk_verbs: ClassVar[tuple[BulkVerb, ...]] = ()
    export_name: ClassVar[str] = "list"
    # The fields that `prepare`, links and tick boxes read. A page that names them reads these and its columns' alone.
    prepared_from: ClassVar[tuple[str, ...]] = ()
    empty_text: ClassVar[Any] = _("Nothing here matches.")
    # Why the list is empty before anybody has asked for less.
    empty_reason: ClassVar[Any] = _("Nothing has been entered in your area yet.")
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

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Keep the rows that hold the words, however many they are."""
        return searching.indexed(rows, self.search_field, words, self.user)

    def search_first(self, rows: QuerySet, words: str) -> searching.Found:
        """Keep the rows that hold the words, in the way that gives a page of them soonest."""
        if self.reads_all:
            return searching.Found(self.search(rows, words))
        return searching.first_of(rows, self.search_field, words, self.user)

    def filterset_for(self, query: QueryDict, *, whole: bool = False) -> FilterSet:
        """Return the filter form, filled from a query: the conditions that the query names, or the whole of it.

        django-filter makes rows distinct after a choice of several values; on the row's own columns nothing can double,
        and at millions of rows DISTINCT is what takes the time.
        """
        made = self.filter_class(query, queryset=self.visible(), request=self.request)
        if not whole:
            made.filters = named(made.filters, query)
        for each in made.filters.values():
            if each.field_name and "__" not in each.field_name:
                each.distinct = False
        return made

    def matching(self, query: QueryDict) -> QuerySet:
        """Return the rows under any query."""
        rows, words = self.fitting(query), words_of(query)
        return self.search(rows, words) if words else rows

    def fitting(self, query: QueryDict) -> QuerySet:
        """Return the rows under the conditions of a query, whatever words it asks for.

        Without conditions no form is made, which is most of a page's time.
        """
        if not set(conditions(query)) - {"q"}:
            return self.visible()
        return self.filterset.qs if query is self.request.GET else self.filterset_for(query).qs

    @cached_property
    def filterset(self) -> FilterSet:
        """The filter form, filled from the address."""
        return self.filterset_for(self.request.GET)

    @cached_property
    def filtered(self) -> QuerySet:
        """The rows that match; a condition that cannot be read filters nothing and is shown as wrong."""
        return self.matching(self.request.GET)

    @cached_property
    def sort(self) -> str:
        """The order asked for, if a column offers it; else the page's own."""
        asked = self.request.GET.get("sort", "")
        known = {column.sort.lstrip("-") for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in known else self.default_sort or f"-{self.order_suffix}"

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
    def after(self) -> tuple[Any, int] | None:
        """Where the page before ended, if the address says so."""
        field = paging.field_of(self.model, self.sort.lstrip("-"))
        return paging.read_mark(self.request.GET.get("after", ""), field)

    @cached_property
    def page(self) -> int:
        """The page asked for, from 1; no further than there are rows, or than can be reached by counting."""
        number = self.asked_page
        if number == 1 or (self.after and self.total > self.limit):
            return number
        return min(number, max(-(-min(self.total, self.limit) // self.size), 1))

    @property
    def asked_page(self) -> int:
        """The page that the address names, whether or not there is one; the first if it names none."""
        asked = self.request.GET.get("page", "1")
        return max(int(asked), 1) if asked.isdecimal() and len(asked) < 9 else 1

    @cached_property
    def limit(self) -> int:
        """How far rows are counted: less far under conditions, where each row is read for it."""
        return limit_for(conditions(self.request.GET), is_placed=self.is_placed)

    @cached_property
    def total(self) -> int:
        """How many rows match, read to one more than the limit unless an exact count is asked for."""
        if self.request.GET.get("count") == "exact":
            return self.filtered.order_by().count()
        found = self.found
        if found.exactly is not None:
            return found.exactly
        if found.at_least is None:
            return self.opening[1] if self.opens else capped(found.rows, self.limit)
        return self.limit + 1 if self.is_many else capped(self.filtered, self.limit)

    @property
    def opens(self) -> bool:
        """Say whether this is a first page whose rows are to be counted: both are then asked at once."""
        is_counted = self.found.exactly is None and self.found.at_least is None
        return is_counted and self.asked_page == 1 and not self.after and "count" not in self.request.GET

    @cached_property
    def opening(self) -> tuple[list[tuple[Any, Any]], int]:
        """The keys of the first page, and how many rows match."""
        return paging.opening(self.ordered(self.found.rows), self.sort, self.size, self.limit)

    @cached_property
    def begun(self) -> list[Any] | None:
        """The keys of the first page, where looking for the words has met some of them; None on other pages."""
        if self.found.begun is None or self.page > 1 or self.after:
            return None
        return self.found.begun.first(self.ordered(self.found.rows), self.size)

    @property
    def is_many(self) -> bool:
        """Say whether so many rows hold the words that they are not counted."""
        if self.found.at_least is None:
            return False
        only_words = set(conditions(self.request.GET)) == {"q"} and searching.place_of(self.user)
        return bool(only_words) or not self.found.in_place

    @property
    def total_words(self) -> str:
        """The number of rows as the page writes it: 1,284, or 10,000+ where more were not counted."""
        if self.is_many and self.total > self.limit:
            met = max(self.found.at_least, (self.page - 1) * self.size + len(self.keys))
            return in_figures(met + 1, met)
        return in_figures(self.total, max(self.limit, self.total if "count" in self.request.GET else 0))

    @cached_property
    def found(self) -> searching.Found:
        """The rows that match, in the way that gives a page of them soonest."""
        words = words_of(self.request.GET)
        if not words:
            return searching.Found(self.filtered)
        return self.search_first(self.ordered(self.fitting(self.request.GET)), words)

    @cached_property
    def keys(self) -> list[tuple[Any, Any]]:
        """The keys of this page's rows, each with what it is sorted by; read from the index alone."""
        if self.opens:
            return self.opening[0]
        if self.begun is not None:
            return [(key, None) for key in self.begun]
        rows = self.ordered(self.found.rows)
        if self.after:
            rows = rows.filter(paging.behind(self.model, self.sort, self.order_suffix, *self.after))
            return paging.keys(rows, self.sort, 0, self.size)
        found = paging.keys(rows, self.sort, (self.page - 1) * self.size, self.size)
        if not found and self.page > 1:
            # Of rows that were not counted, a page may be asked for that does not exist.
            self.page = 1
            found = paging.keys(rows, self.sort, 0, self.size)
        return found

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of this page, in its order."""
        place = {key: number for number, (key, _value) in enumerate(self.keys)}
        rows = self.with_relations(self.model._default_manager.filter(pk__in=list(place)))
        return sorted(self.needed(rows), key=lambda row: place[row.pk])

    def needed(self, rows: QuerySet) -> QuerySet:
        """Read the fields that the page and its chosen columns need, and no other where all of them say which."""
        read = [column.fields for column in self.chosen]
        return rows.only(*self.prepared_from, *chain(*read)) if self.prepared_from and all(read) else rows

    def every(self, chunk: int) -> Iterator[list[Any]]:
        """Give all rows that match in the order shown, piece by piece, ready to be drawn."""
        rows = self.with_relations(self.ordered(self.filtered))
        # To leave out only a few fields costs Django more time per row than to read them.
        rows = self.needed(rows.defer(None))
        whole = rows.iterator(chunk_size=chunk)
        while found := list(islice(whole, chunk)):
            self.prepare(found)
            yield found

    # ── columns ───────────────────────────────────────────────────────────

    @cached_property
    def kept(self) -> Kept:
        """The filters and columns that the person keeps here."""
        return kept_by(self.user, self.key)

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns of a shared address, or those this person chose, or the page's own choice."""
        known = {column.name: column for column in self.columns}
        names = self.request.GET.get("cols", "").split(",")
        if not any(name in known for name in names):
            names = self.kept.columns
        found = [known[name] for name in dict.fromkeys(names) if name in known]
        return found or [column for column in self.columns if column.default]

    def prepare(self, rows: list[Any]) -> None:
        """Fetch for all rows at once what cells need beyond the row, and hang it on the rows."""

    @cached_property
    def verbs(self) -> list[BulkVerb]:
        """The bulk verbs that the person may take here."""
        return bulk.allowed(self)

    def table(self) -> list[tuple[Any, SafeString]]:
        """Return (pk, cells) for each row: drawn here in one piece, so that the template only loops."""
        rows = self.rows
        self.prepare(rows)
        drawn = [(column.opening(), column.painter()) for column in self.chosen]
        box = tick_box if self.verbs else lambda row: ""
        return [
            (row.pk, mark_safe(box(row) + "".join([f"{opening}{cell(row)}</td>" for opening, cell in drawn])))  # noqa: S308
            for row in rows
        ]

    # ── addresses ─────────────────────────────────────────────────────────

    def heads(self) -> list[dict[str, Any]]:
        """Return the column heads with their sort links."""
        return [self._head(column) for column in self.chosen]

    def _head(self, column: Column) -> dict[str, Any]:
        if not column.sort:
            return {"label": column.label, "css": column.css, "url": "", "sort": ""}
        up = column.sort
        down = up[1:] if up.startswith("-") else f"-{up}"
        direction = {up: "ascending", down: "descending"}.get(self.sort, "")
        url = self.address(sort=down if self.sort == up else up, page=None)
        return {"label": column.label, "css": column.css, "url": url, "sort": direction}

    def chips(self) -> list[Chip]:
        """Return the conditions in words, each with the address without it."""
        if not set(conditions(self.request.GET)) - {"q"}:
            return []
        return chips(self.filterset, self.request.GET, self.address)

    @cached_property
    def words(self) -> str:
        """What is filtered, in one line: for the printed head, the export and the record."""
        q = words_of(self.request.GET)
        return sentence([*self.chips(), Chip(_("Search"), q, "")] if q else self.chips())

    def tabs(self) -> list[Link]:
        """Return the presets and the person's own filters."""
        return tabs(self)

    def pager(self) -> dict[str, Any]:
        """Return what stands under the table."""
        exact = "count" in self.request.GET
        first = (self.page - 1) * self.size + 1 if self.rows else 0
        return {
            "first": first,
            "last": first + len(self.rows) - 1 if self.rows else 0,
            "total": self.total_words,
            "exact_url": self._with("count", "exact") if self.total > self.limit and not exact else "",
            "sizes": [Link(size, self.address(size=size, page=None), size == self.size) for size in SIZES],
            "pages": page_links(self),
            "next_url": self._next_url(),
            "as_of": timezone.now(),
            "refresh_url": self.address(),
        }

    def filter_fields(self) -> list[Any]:
        """Return the fields of the filter form; conditions are optional without saying so."""
        form = self.filterset_for(self.request.GET, whole=True).form
        form.mark_optional = False
        return list(form)

    def _next_url(self) -> str:
        more = len(self.keys) == self.size and (self.total > self.limit or self.page * self.size < self.total)
        if not more:
            return ""
        if self.page * self.size < paging.DEEP:
            return self.address(page=self.page + 1)
        key, value = self.keys[-1]
        return self.address(page=self.page + 1, after=paging.mark_of(value, key))

    # ── answers ───────────────────────────────────────────────────────────

    def extra_context(self) -> dict[str, Any]:
        """Give the template what this page alone needs: the buttons at the top."""
        return {}

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        found = self.tabs()
        return {
            "page": self,
            "title": self.title,
            "q": self.request.GET.get("q", ""),
            "chips": self.chips(),
            "words": self.words,
            "tabs": found,
            "own_tab": next((tab for tab in found if tab.own and tab.current), None),
            "panel": self.request.GET.get("panel", ""),
            "heads": mark_safe("".join(head_cell(**head) for head in self.heads())),  # noqa: S308 - drawn escaped
            "table": self.table(),
            "is_wide": len(self.chosen) > MOST_ON_SCREEN,
            "pager": self.pager(),
            "verbs": self.verbs,
            "total": self.total_words,
            "clear_url": self.clear_url(),
            **self.extra_context(),
        }

    def column_choices(self) -> list[tuple[Column, bool]]:
        """Return every column and whether it is shown, those shown first."""
        chosen = self.chosen
        return [(column, True) for column in chosen] + [
            (column, False) for column in self.columns if column not in chosen
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, its results alone, its tabs with counts, its filter form, its columns, or the export."""
        part = request.GET.get("part", "")
        if part == "tabs":
            return render(request, "listings/_tabs.html", {"tabs": counted(self), "title": self.title})
        if part == "conditions":
            return render(request, "listings/_conditions.html", {"page": self, "q": request.GET.get("q", "")})
        if part == "columns":
            return render(request, "listings/_columns_form.html", {"page": self})
        if request.GET.get("format") in TYPES:
            return actions.export(self)
        return self.shown()

    def shown(self, status: int = 200, **more: Any) -> HttpResponse:
        """Return the whole page, or only its results to a request that will swap them in."""
        swap = self.request.htmx and not self.request.htmx.history_restore_request
        template = "listings/_results.html" if swap else self.template
        response = render(self.request, template, {**self.context(), **more}, status=status)
        # One address, two answers: a cache between must not mix them.
        patch_vary_headers(response, ["HX-Request"])
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep a filter or columns, or take a bulk verb."""
        return actions.take(self)
