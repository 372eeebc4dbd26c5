"""The lists of change requests, of conflicts and of the quality of files, and the quality by district."""

from dataclasses import replace
from typing import Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from accounts.services import may
from enterprises.choices import RegulatoryCategory
from enterprises.groups import BY_CODE, CHOICES, MANDATORY
from enterprises.models import ChangeRequest, Conflict, QualityScore, SeenBy
from enterprises.places import PlaceFilter
from enterprises.search import ByEnterprise
from enterprises.truth.districts import behind, by_district
from enterprises.truth.tables import CHANGE_REQUEST, CONFLICT
from enterprises.truth.writing import field_of
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked
from listings.pages import ListPage, Preset
from regions.selectors import names_of
from regions.words import listed

MISSING = [(name, field_of(name).verbose_name) for name in MANDATORY]


class OfEnterpriseFilter(filters.FilterSet):
    """Where the enterprise lies and what it does."""

    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    category = filters.ChoiceFilter(
        label=_("Industry"),
        field_name="enterprise__regulatory_category",
        choices=RegulatoryCategory.choices,
    )
    county = PlaceFilter(label=_("County or district"), field_name="enterprise__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="enterprise__town_code")


class ChangeRequestFilter(OfEnterpriseFilter):
    """Where a change of key facts stands."""

    state = filters.ChoiceFilter(
        label=_("State"), choices=[(state.code, state.label) for state in CHANGE_REQUEST.states]
    )

    class Meta:
        model = ChangeRequest
        fields: list[str] = []


class ConflictFilter(OfEnterpriseFilter):
    """Where a conflict stands, and what saw it."""

    state = filters.ChoiceFilter(
        label=_("State"), choices=[(state.code, state.label) for state in CONFLICT.states]
    )
    source = filters.ChoiceFilter(label=_("Seen in"), choices=SeenBy.choices)
    group = filters.ChoiceFilter(label=_("Group of facts"), choices=CHOICES)

    class Meta:
        model = Conflict
        fields: list[str] = []


class QualityFilter(OfEnterpriseFilter):
    """Which files are bad, and for what."""

    below = filters.NumberFilter(label=_("Score below"), field_name="score", lookup_expr="lt")
    stale = filters.ChoiceFilter(label=_("Does not count"), method="has_stale", choices=CHOICES)
    missing = filters.ChoiceFilter(label=_("Not filled in"), method="lacks", choices=MISSING)
    incomplete = filters.BooleanFilter(label=_("Mandatory fields missing"), method="is_incomplete")

    class Meta:
        model = QualityScore
        fields: list[str] = []

    def has_stale(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep files in which the group does not count."""
        return rows.filter(stale__contains=[value])

    def lacks(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep files that lack the field."""
        return rows.filter(missing__contains=[value])

    def is_incomplete(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep files that lack a mandatory field, or those that lack none."""
        return rows.filter(completeness__lt=100) if value else rows.filter(completeness=100)


class OfEnterpriseList(ByEnterprise, ListPage):
    """A list of rows that belong to enterprises."""

    search_label = _("Name or code of the enterprise")

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the enterprise with the row, without its long texts."""
        return rows.select_related("enterprise").defer(
            "enterprise__business_scope", "enterprise__process_description", "enterprise__search_text"
        )

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns of all rows at once."""
        names = names_of({row.enterprise.town_code for row in rows})
        for row in rows:
            row.town_name = names.get(row.enterprise.town_code, "")


ENTERPRISE = Column(
    "enterprise",
    _("Enterprise"),
    "enterprise.name",
    html=linked("enterprises:detail", "enterprise.name", "enterprise_id"),
    css="sw-party",
)
# Where the enterprise is the subject of the row.
SUBJECT = replace(ENTERPRISE, css="sw-what")
TOWN = Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap")


class ChangeRequestList(OfEnterpriseList):
    """Changes of key facts, the newest first."""

    key = "enterprises.changes"
    title = _("Changes of key facts")
    model = ChangeRequest
    filter_class = ChangeRequestFilter
    default_sort = "-asked_at"
    export_name = "changes"
    empty_text = _("No change has been asked for here")
    columns = (
        Column(
            "what",
            _("Change"),
            lambda row: listed(field_of(name).verbose_name for name in row.after),
            html=linked("enterprises:change_request", "what"),
            css="sw-what",
        ),
        ENTERPRISE,
        Column("state", _("State"), lambda row: CHANGE_REQUEST.state(row.state).label, html=state_badge),
        TOWN,
        Column("asked", _("Asked"), "asked_at", sort="asked_at", css="sw-nowrap"),
        Column("decided", _("Decided"), "decided_at", css="sw-nowrap sw-desk"),
    )
    presets = (
        Preset("waiting", _("Waiting for review"), {"state": "submitted"}),
        Preset("all", _("All"), {}),
    )

    def prepare(self, rows: list[Any]) -> None:
        """Write each change in words."""
        super().prepare(rows)
        for row in rows:
            row.what = listed(field_of(name).verbose_name for name in row.after)


class ConflictList(OfEnterpriseList):
    """Conflicts between the file and what business saw, the newest first."""

    key = "enterprises.conflicts"
    title = _("Conflicts")
    model = Conflict
    filter_class = ConflictFilter
    default_sort = "-reported_at"
    export_name = "conflicts"
    empty_text = _("No conflict here")
    columns = (
        Column(
            "what",
            _("Field"),
            lambda row: row.what,
            html=linked("enterprises:conflict", "what"),
            css="sw-what",
        ),
        ENTERPRISE,
        Column("declared", _("On file"), "declared", css="sw-party", row_label=True),
        Column("seen", _("Seen"), "seen", css="sw-party", row_label=True),
        Column("source", _("Seen in"), display("source"), css="sw-nowrap sw-desk"),
        Column("state", _("State"), lambda row: CONFLICT.state(row.state).label, html=state_badge),
        TOWN,
        Column(
            "reported", pgettext_lazy("day", "Reported"), "reported_at", sort="reported_at", css="sw-nowrap"
        ),
    )
    presets = (
        Preset("open", _("To be resolved"), {"state": "open"}),
        Preset("all", _("All"), {}),
    )


class QualityList(OfEnterpriseList):
    """Files with their scores, the worst first."""

    key = "enterprises.quality"
    title = _("Quality of files")
    model = QualityScore
    filter_class = QualityFilter
    default_sort = "score"
    export_name = "quality"
    empty_text = _("No file has been rated here")
    template = "enterprises/quality_list.html"
    columns = (
        Column(
            "score",
            _("Score"),
            "score",
            html=linked("enterprises:quality_of", "score", "enterprise_id"),
            sort="score",
            css="sw-num",
            row_label=True,
        ),
        SUBJECT,
        Column("freshness", _("Fresh (%)"), "freshness", css="sw-num", row_label=True),
        Column("completeness", _("Complete (%)"), "completeness", css="sw-num", row_label=True),
        Column(
            "stale",
            _("Does not count"),
            lambda row: listed(BY_CODE[code].label for code in row.stale),
            css="sw-what sw-desk",
        ),
        TOWN,
        Column("since", _("So since"), "since", css="sw-nowrap sw-desk"),
    )
    presets = (
        Preset("all", _("All"), {}),
        Preset("contact", _("Contact stale"), {"stale": "contact"}),
        Preset("status", _("Status stale"), {"stale": "status"}),
        Preset("incomplete", _("Mandatory fields missing"), {"incomplete": "true"}),
    )

    def extra_context(self) -> dict[str, Any]:
        """Offer the page by district to who watches over others."""
        return {"can_watch": may(self.user, "enterprises.watch_quality")}


@login_required
@require_GET
def districts(request: HttpRequest) -> HttpResponse:
    """Show how good the files of each district are; a score opens what lies behind it, a number its files."""
    if not may(request.user, "enterprises.watch_quality"):
        raise PermissionDenied
    rows, asked = by_district(request.user), request.GET.get("of", "")
    place = next((row.name for row in rows if row.code == asked), "")
    context = {
        "rows": rows,
        "at": timezone.now(),
        "place": place,
        "behind": behind(request.user, asked) if place else [],
    }
    return render(request, "enterprises/quality_districts.html", context)
