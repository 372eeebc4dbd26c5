"""The stops of patrols with what was missed, and the routes."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.services import may
from enterprises.models import Enterprise
from enterprises.places import PlaceFilter
from enterprises.search import plain
from enterprises.truth.lists import SUBJECT, TOWN, OfEnterpriseFilter, OfEnterpriseList
from inspections.choices import Colour
from inspections.kinds import VisitKind
from inspections.models import PatrolRoute, PatrolStop
from inspections.patrols.forms import GOING_ROUND
from listings.columns import Column, display, linked
from listings.pages import ListPage, Preset
from listings.searching import Found, indexed
from regions.selectors import names_of

KINDS_OF_ROUTE = [(code.value, code.label) for code in GOING_ROUND]


def colour(stop: PatrolStop) -> SafeString:
    """The colour as swatch and word."""
    return format_html('<span class="sw-risk" data-c="{}">{}</span>', stop.colour, stop.get_colour_display())


class StopFilter(OfEnterpriseFilter):
    """Route, colour, overdue, missed before."""

    route = filters.NumberFilter(label=_("Route"), field_name="route_id")
    kind = filters.ChoiceFilter(label=_("Kind"), field_name="route__kind", choices=KINDS_OF_ROUTE)
    colour = filters.MultipleChoiceFilter(label=_("Risk colour"), choices=Colour.choices)
    late = filters.BooleanFilter(label=_("Patrol overdue"), method="is_late")
    missed = filters.BooleanFilter(label=_("Missed before"), method="was_missed")
    due = filters.DateFromToRangeFilter(label=_("Next due"), field_name="next_on")

    class Meta:
        model = PatrolStop
        fields: list[str] = []

    def is_late(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what is overdue, or only what is not."""
        late = Q(next_on__lt=timezone.localdate())
        return rows.filter(late if value else ~late)

    def was_missed(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep stops that were missed at least once, or only those never missed."""
        return rows.filter(missed_count__gt=0) if value else rows.filter(missed_count=0)


TO_ROUTE = linked("inspections:route", "route.name", "route_id")


def route_name(stop: PatrolStop) -> str:
    """The route, which leads to its page whom may see it: the town's route goes through a grid worker's grid."""
    return TO_ROUTE(stop) if stop.opens_route else conditional_escape(stop.route.name)


class StopList(OfEnterpriseList):
    """The stops of all routes in the person's area, the longest due first."""

    key = "inspections.patrols"
    title = _("Patrols")
    model = PatrolStop
    filter_class = StopFilter
    default_sort = "next_on"
    reads_all = False
    export_name = "patrols"
    empty_text = _("No patrol here")
    template = "inspections/patrols/stops.html"
    columns = (
        SUBJECT,
        Column("colour", _("Risk colour"), display("colour"), html=colour, css="sw-nowrap"),
        Column("next", _("Next due"), "next_on", sort="next_on", css="sw-nowrap", row_label=True),
        Column("last", _("Last patrolled"), "last_at", css="sw-nowrap", row_label=True),
        Column("missed", _("Times missed"), "missed_count", css="sw-num", row_label=True),
        Column("cycle", _("Every (days)"), "cycle_days", css="sw-num sw-desk"),
        Column(
            "route",
            _("Route"),
            "route.name",
            html=route_name,
            css="sw-party",
        ),
        TOWN,
    )
    presets = (
        Preset("all", _("All"), {}),
        Preset("late", _("Patrol overdue"), {"late": "true"}),
        Preset("missed", _("Missed before"), {"missed": "true"}),
        Preset("red", _("Red and orange"), {"colour": ["red", "orange"]}),
    )

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the route with the row."""
        return super().with_relations(rows).select_related("route")

    def prepare(self, rows: list[Any]) -> None:
        """Ask at once which of the routes the person may open."""
        super().prepare(rows)
        routes = PatrolRoute.objects.visible_to(self.user).filter(pk__in={row.route_id for row in rows})
        opened = set(routes.values_list("pk", flat=True))
        for row in rows:
            row.opens_route = row.route_id in opened

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look for the enterprise through the index of the files."""
        files = indexed(Enterprise.objects.all(), "search_text", plain(words), self.user)
        return rows.filter(enterprise__in=files.values("pk"))

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """The same, for one page."""
        return Found(self.search(rows, words))

    def extra_context(self) -> dict[str, Any]:
        """Show the ways on that the person may take."""
        return {"can_go": may(self.user, "inspections.go_round")}


class RouteFilter(filters.FilterSet):
    """Place, kind, in use."""

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KINDS_OF_ROUTE)
    active = filters.BooleanFilter(label=_("In use"), field_name="is_active")
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")

    class Meta:
        model = PatrolRoute
        fields: list[str] = []


class RouteList(ListPage):
    """The routes of the person's area with how many stops are overdue."""

    key = "inspections.routes"
    title = _("Patrol routes")
    model = PatrolRoute
    filter_class = RouteFilter
    search_label = _("Name of the route")
    default_sort = "name"
    reads_all = True
    export_name = "patrol-routes"
    empty_text = _("No patrol route here")
    template = "inspections/patrols/routes.html"
    columns = (
        Column("name", _("Route"), "name", html=linked("inspections:route"), sort="name", css="sw-what"),
        Column("kind", _("Kind"), display("kind"), css="sw-nowrap"),
        Column("worker", _("Goes round"), lambda row: row.worker.name if row.worker else ""),
        Column("stops", _("Stops"), lambda row: row.stop_count, css="sw-num", row_label=True),
        Column("late", _("Patrol overdue"), lambda row: row.late_count, css="sw-num", row_label=True),
        Column("missed", _("Missed before"), lambda row: row.missed_stops, css="sw-num", row_label=True),
        Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap"),
        Column("active", _("In use"), "is_active", css="sw-nowrap sw-desk"),
    )
    presets = (
        Preset("active", _("In use"), {"active": "true"}),
        Preset("grid", _("Grid patrols"), {"active": "true", "kind": VisitKind.GRID_PATROL.value}),
        Preset("all", _("All"), {}),
    )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in the name; a town has some dozens of routes."""
        return rows.filter(name__holds=words)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Count the stops of the page's rows."""
        today = timezone.localdate()
        return rows.select_related("worker").annotate(
            stop_count=Count("stops"),
            late_count=Count("stops", filter=Q(stops__next_on__lt=today)),
            missed_stops=Count("stops", filter=Q(stops__missed_count__gt=0)),
        )

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns of all rows at once."""
        names = names_of({row.town_code for row in rows if row.town_code})
        for row in rows:
            row.town_name = names.get(row.town_code, "")

    def extra_context(self) -> dict[str, Any]:
        """Show the button to draw a route."""
        return {"can_edit": may(self.user, "inspections.edit_route")}
