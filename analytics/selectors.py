"""The figures of an area: one grouped query for all ways of splitting, one for the months."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.utils.timezone import localdate

from accounts.models import User
from enterprises.models import Enterprise
from hazards.measures import TALLIES, month_of
from hazards.models import Hazard
from hazards.periods import Period, months_to
from hazards.querysets import RECTIFIED_IN_TIME
from regions.models import Region

COUNTY, TOWN, VILLAGE = "county_code", "town_code", "region_id"
# A post for a province or a city reads its counties, one for a county its towns, one below its villages.
BELOW = {2: COUNTY, 4: COUNTY, 6: TOWN}
AXES = {
    "industry": "enterprise__regulatory_category",
    "grade": "grade",
    "level": "level_in_charge",
    "source": "source",
}


@dataclass(frozen=True)
class Area:
    """What the person's posts cover, and the level into which it is split."""

    held: tuple[str, ...]
    column: str

    @classmethod
    def of(cls, user: User) -> "Area":
        """Read the area from the posts of today; the widest decides how it is split."""
        held = tuple(sorted({entry.region for entry in user.scope.entries if entry.region}))
        widest = min(map(len, held), default=4)
        return cls(held, BELOW.get(widest, VILLAGE))

    @property
    def parameter(self) -> str:
        """The parameter of the list that is equality on the column."""
        return {COUNTY: "county", TOWN: "town", VILLAGE: "village"}[self.column]

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """Name the area, the places directly below it and those that occur."""
        wanted = {*self.held, *codes}
        rows = Region.objects.filter(Q(parent_id__in=self.held) | Q(code__in=wanted)).order_by("code")
        return dict(rows.values_list("code", "name"))


@dataclass(frozen=True)
class Split:
    """The tallies of a year by every axis, and together."""

    by: dict[str, dict[Any, Counter]]
    total: Counter


def split(user: User, period: Period, area: Area) -> Split:
    """Count every tally by place, industry, grade, level and source.

    One pass over the rows gives the finest cells, at most a few thousand however many rows there are; each
    axis is their sum.
    """
    axes = {"place": area.column, **AXES}
    counts = {f"n_{code}": Count("pk", filter=tally.condition(period)) for code, tally in TALLIES.items()}
    cells = Hazard.objects.visible_to(user).order_by().values(*axes.values()).annotate(**counts)
    by: dict[str, dict[Any, Counter]] = {axis: {} for axis in axes}
    total: Counter = Counter()
    for cell in cells:
        numbers = Counter({code: cell[f"n_{code}"] for code in TALLIES})
        total += numbers
        for axis, path in axes.items():
            by[axis].setdefault(cell[path], Counter()).update(numbers)
    return Split(by, total)


def monthly(user: User, period: Period) -> dict[date, Counter]:
    """Count by month what was found, closed, due and rectified in time: one query, the months without rows too."""
    found, closed, in_time = (
        by_month(user, period, code, field)
        for code, field in (("found", "found_at"), ("closed", "closed_at"), ("due", "deadline_on"))
    )
    months = {month: Counter() for month in months_to(period.today)}
    for flow, month, count, good in found.union(closed, in_time, all=True):
        months[month][flow] = count
        if flow == "due":
            months[month]["in_time"] = good
    return months


def by_month(user: User, period: Period, code: str, field: str) -> QuerySet:
    """Return (flow, month, count, of these in time) of one tally."""
    good = Count("pk", filter=RECTIFIED_IN_TIME) if code == "due" else Value(0, IntegerField())
    rows = TALLIES[code].rows(user, period).order_by()
    grouped = rows.annotate(flow=Value(code), month=month_of(field)).values("flow", "month")
    return grouped.annotate(n=Count("pk"), good=good).values_list("flow", "month", "n", "good")


@dataclass(frozen=True)
class Situation:
    """Everything the overview shows, counted."""

    area: Area
    period: Period
    split: Split
    months: dict[date, Counter]
    enterprises: int
    names: dict[str, str]

    @property
    def this_month(self) -> Period:
        """The month of today."""
        return Period.month(self.period.today, today=self.period.today)

    @property
    def place(self) -> str:
        """The names of the person's own places."""
        return "、".join(self.names.get(code, code) for code in self.area.held)

    @property
    def is_empty(self) -> bool:
        """Say whether the area has never had a hazard that counts."""
        return not any(self.split.total.values())


def situation(user: User, at: datetime) -> Situation:
    """Count the hazards of the person's area: now, and over the twelve months up to today."""
    area, period = Area.of(user), Period.year_to(localdate(at))
    parts = split(user, period, area)
    return Situation(
        area=area,
        period=period,
        split=parts,
        months=monthly(user, period),
        enterprises=Enterprise.objects.visible_to(user).active().count(),
        names=area.names(parts.by["place"]),
    )
