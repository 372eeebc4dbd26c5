"""The supervision list, the ledger of major hazards, and the page on which the public reads what is listed."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from enterprises.choices import RegulatoryCategory
from enterprises.places import PlaceFilter
from hazards.choices import Grade, ListingLevel
from hazards.lifecycle import HAZARD, UNDER_GOVERNANCE
from hazards.models import GovernancePlan, Hazard, ProgressReport, SupervisionListing
from hazards.quarter import quarter_of, this_quarter
from hazards.services.governance import WEEK, in_days
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, display, linked
from listings.pages import ListPage, Preset
from regions.selectors import names_of
from rulebook.places import Places

PER_PAGE = 50
MOMENT = DateTimeField()
STATES = [(state.code, state.label) for state in HAZARD.states]
# The columns of the paper ledgers in their order: what it is, the report (O16: state, danger), the five implementations
# of the plan, how far it is, the listing (handbook §5.3–5.5).
LEDGER = (
    *("number", "enterprise", "uscc", "address", "town", "place", "description", "criterion", "basis"),
    *(
        "found",
        "source",
        "level",
        "condition",
        "danger",
        "goals",
        "measures",
        "responsible",
        "funds",
        "funds_source",
        "deadline",
        "contingency",
        "interim",
    ),
    *("percent", "progress", "progress_at", "listed", "suspended", "state", "closed"),
)
# What the ledger takes from the newest report handed in, and what from the plan that holds.
OF_REPORT, OF_PLAN = ("condition", "danger"), ("goals", "responsible", "funds_source")
LISTED = (
    *(
        "number",
        "enterprise",
        "town",
        "description",
        "level",
        "body",
        "supervisor",
        "of_enterprise",
        "of_town",
        "of_department",
    ),
    *("requirements", "listed", "deadline", "reported", "published", "state", "percent", "progress_at"),
    *("delisted", "end_published"),
)


def days_of(code: str, path: str = "") -> Case | Value:
    """Return a number of days of the rulebook as a length of time, over rows whose place lies under `path`."""
    return Places([code], timezone.localdate()).expression(
        code, path=path, read=in_days, field=DurationField()
    )


def newest_progress(path: str, field: str) -> Subquery:
    """Return a field of the newest progress report of each row's hazard."""
    return Subquery(ProgressReport.objects.filter(hazard=OuterRef(path)).values(field)[:1])


def words_in(rows: QuerySet, words: str, prefix: str = "") -> QuerySet:
    """Look in number, problem and enterprise; major hazards are some thousands in a city."""
    found = Q(**{f"{prefix}number__startswith": words}) | Q(**{f"{prefix}description__contains": words})
    return rows.filter(found | Q(**{f"{prefix}enterprise__name__contains": words}))


class ListingFilter(filters.FilterSet):
    """Level, whether it still stands, is late, published, reported; industry and place."""

    level = filters.MultipleChoiceFilter(label=_("Listed by"), choices=ListingLevel.choices)
    open = filters.BooleanFilter(label=_("On the list"), field_name="delisted_at", lookup_expr="isnull")
    late = filters.BooleanFilter(label=_("Overdue"), method="is_late")
    published = filters.BooleanFilter(
        label=_("Published"), field_name="published_at", lookup_expr="isnull", exclude=True
    )
    reported = filters.BooleanFilter(
        label=_("Reported to the city"), field_name="reported_at", lookup_expr="isnull", exclude=True
    )
    listed = filters.DateFromToRangeFilter(label=_("Listed on"), field_name="listed_at")
    deadline = filters.DateFromToRangeFilter(label=_("Deadline"), field_name="deadline_on")
    industry = filters.ChoiceFilter(
        label=_("Industry"),
        field_name="hazard__enterprise__regulatory_category",
        choices=RegulatoryCategory.choices,
    )
    county = PlaceFilter(label=_("County or district"), field_name="hazard__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="hazard__town_code")

    class Meta:
        model = SupervisionListing
        fields: list[str] = []

    def is_late(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what still stands after its day, or only the rest."""
        late = Q(delisted_at=None, hazard__closed_at=None, deadline_on__lt=timezone.localdate())
        return rows.filter(late if value else ~late)


class Listings(ListPage):
    """Hazards listed for supervision (挂牌督办台账), the newest first; its export is the ledger."""

    key = "hazards.listings"
    title = _("Listed for supervision")
    model = SupervisionListing
    filter_class = ListingFilter
    search_label = _("Number, problem or enterprise")
    reads_all = True
    default_sort = "-listed_at"
    export_name = "listed-hazards"
    empty_text = _("Nothing is listed for supervision here")
    template = "hazards/listings.html"
    columns = (
        Column(
            "description",
            _("Problem"),
            "description",
            html=linked("hazards:detail", "description", "hazard_id"),
            css="sw-what",
        ),
        Column("enterprise", _("Enterprise"), "enterprise_name", css="sw-party"),
        Column(
            "state", _("State"), lambda row: row.state_label, html=lambda row: state_badge(row.shown_hazard)
        ),
        Column("level", _("Listed by"), display("level"), css="sw-nowrap", default=False),
        Column("body", _("Listing body"), "body_name", css="sw-nowrap sw-desk"),
        Column("listed", _("Listed on"), "listed_at", sort="listed_at", css="sw-nowrap", row_label=True),
        Column("deadline", _("Deadline"), "deadline_on", css="sw-nowrap", row_label=True),
        Column("percent", _("Done (%)"), "percent", css="sw-num", row_label=True),
        Column("progress_at", _("Newest report"), "progress_at", css="sw-nowrap sw-desk"),
        Column("supervisor", _("Supervising unit"), "supervising_unit", default=False),
        Column("of_enterprise", _("Responsible in the enterprise"), "enterprise_responsible", default=False),
        Column("of_town", _("Responsible in the town"), "local_responsible", default=False),
        Column("of_department", _("Responsible in the department"), "department_responsible", default=False),
        Column("requirements", _("Requirements"), "requirements", default=False),
        Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap sw-desk"),
        Column("reported", _("Reported to the city"), "reported_at", css="sw-nowrap sw-desk"),
        Column("published", _("Published"), "published_at", css="sw-nowrap sw-desk"),
        Column("delisted", _("Taken off the list"), "delisted_at", css="sw-nowrap", default=False),
        Column("end_published", _("Delisting published"), "delisting_published_at", default=False),
        Column("number", _("Hazard number"), "number", css="sw-id sw-desk"),
    )
    presets = (
        Preset("open", _("On the list"), {"open": "true"}),
        Preset("late", _("Overdue"), {"late": "true"}),
        Preset("unpublished", _("Not published"), {"open": "true", "published": "false"}),
        Preset("ended", pgettext_lazy("listings", "Taken off the list"), {"open": "false"}),
        Preset("all", _("All"), {}),
    )

    def extra_context(self) -> dict[str, Any]:
        """Lead to all columns of the paper; the export takes along what is shown."""
        return {"ledger_url": self.address(cols=",".join(LISTED))}

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch what the columns show with the row."""
        return rows.annotate(
            description=F("hazard__description"),
            number=F("hazard__number"),
            state=F("hazard__state"),
            town_code=F("hazard__town_code"),
            enterprise_name=F("hazard__enterprise__name"),
            body_name=F("listing_body__name"),
            percent=newest_progress("hazard", "percent"),
            progress_at=newest_progress("hazard", "reported_at"),
        )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in number, problem and enterprise."""
        return words_in(rows, words, "hazard__")

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns and the states of all rows at once."""
        named(rows)
        for row in rows:
            row.shown_hazard = Hazard(pk=row.hazard_id, state=row.state)


def named(rows: list[Any]) -> None:
    """Write beside each row its town and its state in words."""
    names = names_of({row.town_code for row in rows})
    for row in rows:
        row.town_name = names.get(row.town_code, "")
        row.state_label = HAZARD.state(row.state).label


class LedgerFilter(filters.FilterSet):
    """Open or not, listed, report late, days, industry and place."""

    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    open = filters.BooleanFilter(label=_("Open"), method="is_open")
    overdue = filters.BooleanFilter(label=_("Overdue"), method="is_overdue")
    listed = filters.BooleanFilter(label=_("Listed for supervision"), field_name="is_listed")
    silent = filters.BooleanFilter(label=_("No progress for a week"), method="is_silent")
    found = filters.DateFromToRangeFilter(label=_("Found"), field_name="found_at")
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")

    class Meta:
        model = Hazard
        fields: list[str] = []

    def is_open(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what still needs work, or only what does not."""
        return rows.open() if value else rows.filter(state__in=["closed", "not_hazard"])

    def is_overdue(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what ran over its rectification day."""
        return rows.overdue(timezone.localdate()) if value else rows

    def is_silent(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what is being rectified and whose next report is due (HAZARD_WEEKLY_PROGRESS), or only the rest."""
        next_at = ExpressionWrapper(newest_progress("pk", "reported_at") + days_of(WEEK), output_field=MOMENT)
        rows = rows.annotate(_next=next_at)
        silent = Q(state__in=UNDER_GOVERNANCE) & (Q(_next=None) | Q(_next__lt=timezone.now()))
        return rows.filter(silent if value else ~silent)


def plan_field(field: str, **which: str) -> Subquery:
    """Return a field of the newest plan of each hazard, or of the newest such plan."""
    return Subquery(GovernancePlan.objects.filter(hazard=OuterRef("pk"), **which).values(field)[:1])


class MajorLedger(ListPage):
    """The ledger of major hazards (重大事故隐患台账): every column of the paper, exported as it stands."""

    key = "hazards.major_ledger"
    title = _("Ledger of major hazards")
    model = Hazard
    filter_class = LedgerFilter
    search_label = _("Number, problem or enterprise")
    reads_all = True
    default_sort = "-found_at"
    export_name = "major-hazards"
    empty_text = _("No major hazard here")
    template = "hazards/major_ledger.html"
    columns = (
        Column(
            "description",
            _("Problem"),
            "description",
            html=linked("hazards:detail", "description"),
            css="sw-what",
        ),
        Column("enterprise", _("Enterprise"), "enterprise_name", css="sw-party"),
        Column("state", _("State"), lambda row: row.state_label, html=state_badge),
        Column("criterion", _("Criterion"), "criterion_words", css="sw-party sw-desk"),
        Column("found", _("Found"), "found_at", sort="found_at", css="sw-nowrap", row_label=True),
        Column("source", _("Found by"), display("source"), css="sw-nowrap sw-desk", default=False),
        Column("condition", _("Present state and cause"), "plan_condition", default=False),
        Column("danger", _("Danger, and difficulty of removal"), "plan_danger", default=False),
        Column("goals", _("Goals and tasks"), "plan_goals", default=False),
        Column("measures", _("Methods and measures"), "measures", default=False),
        Column(
            "responsible", _("Persons and bodies responsible"), "plan_responsible", css="sw-party sw-desk"
        ),
        Column("funds", _("Funds (yuan)"), "funds", css="sw-num sw-desk"),
        Column("funds_source", _("Source of funds and materials"), "plan_funds_source", default=False),
        Column("deadline", _("Deadline"), "deadline_on", css="sw-nowrap", row_label=True),
        Column("contingency", _("Safety measures and emergency plan"), "contingency_plan", default=False),
        Column("interim", _("Interim control"), "interim_control", default=False),
        Column("percent", _("Done (%)"), "percent", css="sw-num", row_label=True),
        Column("progress", _("Newest report"), "progress_text", css="sw-party sw-desk"),
        Column("progress_at", pgettext_lazy("day", "Reported"), "progress_at", css="sw-nowrap sw-desk"),
        Column("listed", _("Listed for supervision"), "is_listed", css="sw-nowrap sw-desk"),
        Column("suspended", _("Work suspended"), "is_suspended", css="sw-nowrap", default=False),
        Column("level", _("In the hands of"), display("level_in_charge"), default=False),
        Column("town", _("Town"), lambda row: row.town_name, css="sw-nowrap sw-desk"),
        Column("address", _("Address"), "address", default=False),
        Column("uscc", _("Code"), "uscc", css="sw-id", default=False),
        Column("basis", _("Legal basis"), "legal_basis", default=False),
        Column("place", _("Place"), "place", default=False),
        Column("closed", pgettext_lazy("day", "Closed"), "closed_at", css="sw-nowrap", default=False),
        Column("number", _("Hazard number"), "number", css="sw-id sw-desk"),
    )
    presets = (
        Preset("open", _("Open"), {"open": "true"}),
        Preset("overdue", _("Overdue"), {"overdue": "true"}),
        Preset("silent", _("No progress for a week"), {"silent": "true"}),
        Preset("listed", _("Listed for supervision"), {"listed": "true"}),
        Preset("closed", _("Closed"), {"open": "false"}),
        Preset("all", _("All"), {}),
    )

    def extra_context(self) -> dict[str, Any]:
        """Lead to all columns of the paper; the export takes along what is shown."""
        return {"ledger_url": self.address(cols=",".join(LEDGER))}

    def visible(self) -> QuerySet:
        """Only major hazards."""
        return super().visible().filter(grade=Grade.MAJOR)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch what the columns show with the row."""
        return rows.annotate(
            enterprise_name=F("enterprise__name"),
            address=F("enterprise__production_address"),
            uscc=F("enterprise__uscc"),
            criterion_words=Concat("criterion__set_name", Value(" "), "criterion__clause"),
            **{f"plan_{field}": plan_field(field) for field in OF_REPORT},
            **{f"plan_{field}": plan_field(field, decision="approved") for field in OF_PLAN},
            percent=newest_progress("pk", "percent"),
            progress_text=newest_progress("pk", "text"),
            progress_at=newest_progress("pk", "reported_at"),
        ).defer("search_text")

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in number, problem and enterprise."""
        return words_in(rows, words)

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns and the states of all rows at once."""
        named(rows)


@login_required
@require_safe
def quarter(request: HttpRequest) -> HttpResponse:
    """Show what each county has listed this quarter beside what is asked of it."""
    rows = this_quarter(request.user, timezone.localdate())
    context = {"rows": rows, "period": quarter_of(timezone.localdate())}
    return render(request, "hazards/quarter.html", context)


@require_safe
@cache_control(public=True, max_age=300)
def listed_hazards(request: HttpRequest) -> HttpResponse:
    """Show anyone the published listings that stand, and those whose end was published lately (handbook §2.4)."""
    shown_until = ExpressionWrapper(
        F("delisting_published_at") + days_of("LISTING_SHOWN", "hazard__"), output_field=MOMENT
    )
    rows = SupervisionListing.objects.annotate(_until=shown_until).filter(published_at__isnull=False)
    rows = rows.filter(Q(delisted_at=None) | Q(_until__gte=timezone.now()))
    rows = rows.select_related("hazard__enterprise", "hazard__region", "listing_body")
    page = Paginator(rows.order_by("-published_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "hazards/listed_hazards.html", {"page": page})
