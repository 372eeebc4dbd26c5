"""Reading tables of millions of rows in the administration, where every question costs the same however many."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# As many rows as are counted, and leafed through; what is looked for further down is filtered for.
COUNTED = 1000
# Words are looked for among so many of the newest rows: no index finds a piece of a word in all of them.
SEARCHED = 100_000


class CappedPaginator(Paginator):
    """Leafs through the first thousand rows; counting all of five million takes longer than reading them."""

    @cached_property
    def count(self) -> int:
        """The number of rows, or the cap."""
        return len(self.object_list.order_by().values_list("pk")[:COUNTED])


class BigTable(admin.ModelAdmin):
    """A list over millions of rows: newest first by key, counted to a cap, no date tree, no facets."""

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    ordering = ["-pk"]
    search_help_text = _(
        "Looks among the newest 100,000 rows; narrow the list by a filter to go further back."
    )

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        """Look for words among the newest rows."""
        if search_term:
            newest = self.model._base_manager.aggregate(newest=Max("pk"))["newest"] or 0
            queryset = queryset.filter(pk__gt=newest - SEARCHED)
        return super().get_search_results(request, queryset, search_term)


class KnownValuesFilter(admin.SimpleListFilter):
    """Offers the values that the product knows of, where Django would read the whole table to find them."""

    def known(self) -> Iterable[tuple[str, str]]:
        """Return each value with its words."""
        return ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what is known."""
        return list(self.known())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the rows of the value."""
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset
