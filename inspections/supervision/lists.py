"""The list of orders to government bodies."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.places import PlaceFilter
from inspections.models import GovernmentOrder
from inspections.supervision.lifecycle import ORDER
from inspections.supervision.selectors import supervises
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, linked
from listings.pages import ListPage, Preset

STATES = [(state.code, state.label) for state in ORDER.states]


class OrderFilter(filters.FilterSet):
    """State, whether the reply is late, where the body lies."""

    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    late = filters.BooleanFilter(label=_("Reply overdue"), method="is_late")
    due = filters.DateFromToRangeFilter(label=_("Reply due on"), field_name="due_on")
    county = PlaceFilter(label=_("County or district"), field_name="visit__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="visit__town_code")

    class Meta:
        model = GovernmentOrder
        fields: list[str] = []

    def is_late(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep orders whose reply is owed and overdue, or only the others."""
        late = {"state": "issued", "due_on__lt": timezone.localdate()}
        return rows.filter(**late) if value else rows.exclude(**late)


class OrderList(ListPage):
    """Orders in the person's area and to the person's own body, the newest first."""

    key = "inspections.orders"
    title = _("Supervision of government")
    model = GovernmentOrder
    filter_class = OrderFilter
    search_label = _("Number or body")
    reads_all = True
    default_sort = "-issued_at"
    export_name = "supervision-orders"
    empty_text = _("No order to a government body here")
    template = "inspections/supervision/orders.html"
    columns = (
        Column(
            "body",
            _("Government body"),
            "body_name",
            html=linked("inspections:order", "body_name"),
            css="sw-what",
        ),
        Column("state", _("State"), lambda row: ORDER.state(row.state).label, html=state_badge),
        Column("problems", _("Problems"), "problem_count", css="sw-num", row_label=True),
        Column("due", _("Reply due on"), "due_on", css="sw-nowrap", row_label=True),
        Column("replied", _("Replied"), "replied_at", css="sw-nowrap sw-desk"),
        Column("returned", _("Times returned"), "returned_count", css="sw-num sw-desk"),
        Column("closed", pgettext_lazy("day", "Closed"), "closed_at", css="sw-nowrap sw-desk"),
        Column("agency", pgettext_lazy("body", "Carried out by"), "agency_name", css="sw-nowrap sw-desk"),
        Column("number", pgettext_lazy("record", "Number"), "number", css="sw-id sw-desk"),
        Column("issued", _("Issued"), "issued_at", sort="issued_at", css="sw-nowrap sw-desk"),
        Column("requirements", _("Requirements"), "requirements", default=False),
    )
    presets = (
        Preset("open", _("To be put right"), {"state": "issued"}),
        Preset("late", _("Reply overdue"), {"late": "true"}),
        Preset("replied", _("Reply under review"), {"state": "replied"}),
        Preset("closed", _("Closed"), {"state": "closed"}),
        Preset("all", _("All"), {}),
    )

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the names with the row."""
        return rows.annotate(
            body_name=F("visit__body__name"),
            agency_name=F("visit__organisation__name"),
            number=F("visit__number"),
            problem_count=Count("visit__government_findings"),
        )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in the number and the name; there are a few hundred orders in a city."""
        return rows.filter(visit__number__startswith=words) | rows.filter(visit__body__name__contains=words)

    def extra_context(self) -> dict[str, Any]:
        """Show the button to whoever supervises."""
        return {"can_supervise": supervises(self.user)}
