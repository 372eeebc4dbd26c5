"""What is counted about the governance of hazards: each figure opens exactly the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import RegulatoryCategory
from hazards.periods import Period
from inspections.figures.indicators import LOOKS, listed, standings, stops
from inspections.figures.indicators import visits as visits_listed
from inspections.models import Doubt, ListState, PatrolStop, Standing, Visit
from listings.measures import Breakdown, Measure
from regions.selectors import names_of


def ways(prefix: str) -> tuple[Breakdown, ...]:
    """Return the ways to split rows whose place lies under the prefix."""
    return (
        Breakdown("county", _("By county"), f"{prefix}county_code", "county", names_of),
        Breakdown("town", _("By town"), f"{prefix}town_code", "town", names_of),
        Breakdown(
            "industry",
            _("By industry"),
            "enterprise__regulatory_category",
            "industry",
            lambda codes: dict(RegulatoryCategory.choices),
        ),
    )


def standing(code: str, label: Any, where: Q, **params: str) -> Measure:
    """Return a number of enterprises that owe self-checks, as rated last night."""
    return Measure(
        f"inspections.{code}",
        label,
        lambda user, at: Standing.objects.visible_to(user).filter(where, owes=True),
        standings,
        params={"owes": "true", **params},
        breakdowns=ways("enterprise__"),
    )


def this_month(at: datetime) -> Period:
    """Return the month of a moment."""
    today = timezone.localdate(at)
    return Period.month(today, today=today)


def visits(code: str, label: Any, where: Q, **params: Any) -> Measure:
    """Return a number of visits to enterprises finished this month."""

    def rows(user: User, at: datetime) -> QuerySet:
        held = this_month(at).holds("finished_at")
        return Visit.objects.visible_to(user).finished().filter(where, held, kind__in=LOOKS)

    def url(given: Mapping[str, Any]) -> str:
        month = this_month(timezone.now())
        return visits_listed({**given, "finished_after": month.first, "finished_before": month.last})

    return Measure(
        f"inspections.{code}",
        label,
        rows,
        url,
        params={"state": "finished", "kind": LOOKS, **params},
        breakdowns=ways(""),
    )


MEASURES = [
    standing("owing", _("Enterprises that owe self-checks"), Q()),
    standing(
        "without_list", _("Enterprises without a list"), Q(list_state=ListState.MISSING), list="missing"
    ),
    standing(
        "not_accepted", _("Lists waiting for acceptance"), Q(list_state=ListState.COMPILED), list="compiled"
    ),
    standing("without_phone", _("Enterprises without a bound phone"), Q(has_phone=False), phone="false"),
    standing("fourth_tier", _("Enterprises of the fourth tier"), Q(tier=4), tier="4"),
    Measure(
        "inspections.inspected",
        _("Enterprises inspected this month"),
        lambda user, at: Standing.objects.visible_to(user).filter(
            owes=True, inspected_on__gte=this_month(at).first
        ),
        lambda params: standings({**params, "inspected_after": this_month(timezone.now()).first}),
        params={"owes": "true"},
        breakdowns=ways("enterprise__"),
    ),
    Measure(
        "inspections.stops_late",
        _("Patrols overdue"),
        lambda user, at: PatrolStop.objects.visible_to(user).filter(next_on__lt=timezone.localdate(at)),
        stops,
        params={"late": "true"},
        breakdowns=ways("enterprise__"),
    ),
    visits("visits", _("Visits this month"), Q()),
    visits("backfilled", _("Visits back-filled this month"), Q(is_backfilled=True), backfilled="true"),
    Measure(
        "inspections.doubts",
        _("Doubts to be looked into"),
        lambda user, at: Doubt.objects.visible_to(user).filter(state="open"),
        lambda params: listed("doubts", params),
        params={"state": "open"},
        breakdowns=ways("enterprise__"),
    ),
]
