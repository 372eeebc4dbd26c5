"""What is counted about hazards. Each figure is a condition, and the parameters by which the list says the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import RegulatoryCategory
from hazards.choices import Grade, Level, Source
from hazards.models import Hazard
from hazards.periods import Period
from hazards.querysets import COUNTED, OPEN, RECTIFIED_IN_TIME, due, overdue
from listings.measures import Breakdown, Measure
from regions.selectors import names_of


def listed(params: Mapping[str, Any]) -> str:
    """Return the address of the hazard list under these parameters; a month becomes its first and last day."""
    given = dict(params)
    if month := given.pop("month", None):
        whole = Period.month(month, today=month)
        given |= {"found_after": whole.first, "found_before": whole.last}
    return f"{list_url()}?{urlencode(given, doseq=True)}"


@cache
def list_url() -> str:
    """Return the address of the hazard list; a page of figures asks for it some hundred times."""
    return reverse("hazards:list")


def month_of(field: str) -> TruncMonth:
    """Return the month of a moment, by the local calendar, or of a day."""
    zone = None if field == "deadline_on" else timezone.get_default_timezone()
    return TruncMonth(field, output_field=DateField(), tzinfo=zone)


@dataclass(frozen=True)
class Tally:
    """One thing that is counted over a period: the condition on rows, and how the list is asked for them."""

    code: str
    label: Any
    condition: Callable[[Period], Q]
    params: Callable[[Period], dict[str, Any]]

    def url(self, period: Period, **more: Any) -> str:
        """Return the list of exactly the rows counted, narrowed further if asked."""
        address, own = address_of(self, period)
        if own & more.keys():
            return listed({**self.params(period), **more})
        return f"{address}&{urlencode(more, doseq=True)}" if more else address

    def rows(self, user: User, period: Period) -> QuerySet:
        """Return the rows that the person may see."""
        return Hazard.objects.visible_to(user).filter(self.condition(period))


@lru_cache(maxsize=1000)
def address_of(tally: Tally, period: Period) -> tuple[str, frozenset[str]]:
    """Return the list of what is counted, and the parameters by which it is not simply narrowed further.

    A page of figures asks for it some hundred times; a month is written as two days.
    """
    params = tally.params(period)
    return listed(params), frozenset({*params, "month"})


def between(name: str, period: Period) -> dict[str, date]:
    """Return the parameters of a range of days."""
    return {f"{name}_after": period.first, f"{name}_before": period.last}


def due_in(period: Period) -> Q:
    """The rectification day lay in the part of the period that is over."""
    return due(period.today) & Q(deadline_on__gte=period.first, deadline_on__lte=period.last_passed)


def due_params(period: Period, which: str) -> dict[str, Any]:
    """Return the parameters of what was due in the period."""
    return {"rectification": which, "deadline_after": period.first, "deadline_before": period.last_passed}


TALLIES = {
    tally.code: tally
    for tally in (
        Tally("open", _("Open"), lambda p: OPEN, lambda p: {"open": "true"}),
        Tally("overdue", _("Overdue"), lambda p: overdue(p.today), lambda p: {"overdue": "true"}),
        Tally(
            "major",
            _("Major, open"),
            lambda p: OPEN & Q(grade=Grade.MAJOR),
            lambda p: {"grade": "major", "open": "true"},
        ),
        Tally(
            "found",
            _("Found"),
            lambda p: COUNTED & p.holds("found_at"),
            lambda p: {"counted": "true", **between("found", p)},
        ),
        Tally(
            "closed",
            _("Closed"),
            lambda p: Q(state="closed") & p.holds("closed_at"),
            lambda p: between("closed", p),
        ),
        Tally("due", _("Due"), due_in, lambda p: due_params(p, "due")),
        Tally(
            "in_time",
            _("In time"),
            lambda p: due_in(p) & RECTIFIED_IN_TIME,
            lambda p: due_params(p, "in_time"),
        ),
    )
}


def named(choices: Any) -> Callable[[list[Any]], Mapping[Any, Any]]:
    """Return the words of a closed set of codes."""
    words = dict(choices.choices)
    return lambda values: words


BREAKDOWNS = (
    Breakdown("county", _("By county"), "county_code", "county", names_of),
    Breakdown("town", _("By town"), "town_code", "town", names_of),
    Breakdown(
        "industry",
        _("By industry"),
        "enterprise__regulatory_category",
        "industry",
        named(RegulatoryCategory),
    ),
    Breakdown("grade", _("By grade"), "grade", "grade", named(Grade)),
    Breakdown("level", _("By level in charge"), "level_in_charge", "level", named(Level)),
    Breakdown("source", _("By who found it"), "source", "source", named(Source)),
    Breakdown(
        "month",
        _("By month found"),
        "month_found",
        "month",
        lambda months: {month: f"{month:%Y-%m}" for month in months},
    ),
)


def measure(code: str, label: Any) -> Measure:
    """Return the tally as a measure of the current month."""
    tally = TALLIES[code]

    def rows(user: User, at: datetime) -> QuerySet:
        today = timezone.localdate(at)
        found = tally.rows(user, Period.month(today, today=today))
        return found.annotate(month_found=month_of("found_at"))

    def url(params: Mapping[str, Any]) -> str:
        today = timezone.localdate()
        return tally.url(Period.month(today, today=today), **params)

    return Measure(f"hazards.{code}", label, rows, url, breakdowns=BREAKDOWNS)


MEASURES = [
    measure("open", _("Open hazards")),
    measure("overdue", _("Overdue hazards")),
    measure("major", _("Major hazards open")),
    measure("found", _("Found this month")),
    measure("closed", _("Closed this month")),
    measure("due", _("Due this month")),
    measure("in_time", _("Of those due this month, in time")),
]
HOME_MEASURES = MEASURES[:5]
