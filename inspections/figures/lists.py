"""The list behind the figures: every enterprise with its standing, the lowest score first."""

from __future__ import annotations

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from accounts.services import may
from enterprises.choices import RegulatoryCategory
from enterprises.filters import places_of
from enterprises.places import PlaceFilter
from enterprises.truth.lists import SUBJECT, TOWN, OfEnterpriseList
from inspections.models import CheckState, ListState, Standing, Tier
from listings.columns import Column, display
from listings.pages import Preset

COLUMN_OF_LENGTH = {4: "city_code", 6: "county_code", 9: "town_code"}


class StandingFilter(filters.FilterSet):
    """Place, industry, list, phone, self-checks, inspected, score and tier."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    owes = filters.BooleanFilter(label=_("Owes self-checks"))
    list = filters.ChoiceFilter(
        label=_("Self-check list"), field_name="list_state", choices=ListState.choices
    )
    compiled = filters.BooleanFilter(label=_("List compiled"), method="has_list")
    check = filters.ChoiceFilter(label=_("Self-checks"), field_name="check_state", choices=CheckState.choices)
    phone = filters.BooleanFilter(label=_("Phone bound"), field_name="has_phone")
    inspected = filters.DateFromToRangeFilter(
        label=_("Last inspected on"),
        field_name="inspected_on",
        widget=DateRangeWidget(attrs={"type": "date"}),
    )
    tier = filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices)
    below = filters.NumberFilter(label=_("Score below"), field_name="score", lookup_expr="lt")
    overdue = filters.BooleanFilter(label=_("Has overdue hazards"), method="is_overdue")
    doubted = filters.BooleanFilter(label=_("Doubts upheld"), method="was_upheld")
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    county = PlaceFilter(label=_("County or district"), field_name="enterprise__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="enterprise__town_code")

    class Meta:
        model = Standing
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "place" in self.filters:
            self.filters["place"].extra["choices"] = cache(
                lambda: places_of(getattr(self.request, "user", None))
            )

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises of a county or a town, by its stored column."""
        column = COLUMN_OF_LENGTH.get(len(value), "region_id")
        return rows.filter(**{f"enterprise__{column}": value})

    def has_list(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those whose list was at least handed in, or those without."""
        missing = rows.filter(list_state=ListState.MISSING)
        return rows.exclude(list_state=ListState.MISSING) if value else missing

    def is_overdue(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those with overdue hazards, or those without."""
        return rows.filter(overdue__gt=0) if value else rows.filter(overdue=0)

    def was_upheld(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep those of whom a doubt was upheld, or the others."""
        return rows.filter(upheld__gt=0) if value else rows.filter(upheld=0)


class StandingList(OfEnterpriseList):
    """Enterprises by what they do about their hazards."""

    key = "inspections.standings"
    title = _("Enterprises by score")
    model = Standing
    filter_class = StandingFilter
    default_sort = "score"
    export_name = "standings"
    empty_text = _("No enterprise has been rated here")
    template = "inspections/figures/standings.html"
    columns = (
        SUBJECT,
        Column("score", _("Score"), "score", sort="score", css="sw-num", row_label=True),
        Column("tier", _("Tier"), display("tier"), css="sw-nowrap"),
        Column("list", _("Self-check list"), display("list_state"), css="sw-nowrap"),
        Column("check", _("Self-checks"), display("check_state"), css="sw-nowrap", row_label=True),
        Column("phone", _("Phone bound"), "has_phone", css="sw-nowrap sw-desk"),
        Column("found", _("Found by itself, three months"), "found", css="sw-num sw-desk"),
        Column("overdue", _("Overdue"), "overdue", css="sw-num", row_label=True),
        Column("inspected", _("Last inspected on"), "inspected_on", css="sw-nowrap sw-desk"),
        TOWN,
        Column("owes", _("Owes self-checks"), "owes", default=False),
        Column("checked", _("Self-checks, three months"), "checked", css="sw-num", default=False),
        Column("due", _("Due, three months"), "due", css="sw-num", default=False),
        Column("in_time", _("In time, three months"), "in_time", css="sw-num", default=False),
        Column("upheld", _("Doubts upheld"), "upheld", css="sw-num", default=False),
    )
    presets = (
        Preset("fourth", _("Fourth tier"), {"tier": "4"}),
        Preset("missing", _("No list"), {"owes": "true", "list": "missing"}),
        Preset("waiting", _("List waiting"), {"owes": "true", "list": "compiled"}),
        Preset("phone", _("No phone"), {"owes": "true", "phone": "false"}),
        Preset("late", _("Self-check late"), {"owes": "true", "check": "late"}),
        Preset("overdue", _("Overdue"), {"overdue": "true"}),
        Preset("all", _("All"), {}),
    )

    def extra_context(self) -> dict[str, Any]:
        """Offer the page by district to who watches over others."""
        return {"can_watch": may(self.user, "inspections.watch_conduct")}
