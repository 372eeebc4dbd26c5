"""The figures of an area: one grouped query for all ways of splitting, one for the months.

A small area is counted as the page is asked for; a large one is read from the newest snapshot (`analytics.stored`),
and the figures speak of its moment.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.utils.timezone import localdate

from accounts.models import User
from analytics import stored
from analytics.models import OF_A_MONTH, Kind, Snapshot
from enterprises.models import Enterprise
from hazards.measures import TALLIES, month_of
from hazards.models import Hazard
from hazards.periods import Period, months_to
from hazards.querysets import RECTIFIED_IN_TIME
from listings.measures import Breakdown, Measure, Share, shares
from listings.measures import split as split_live
from regions.models import Region
from regions.words import listed

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


def split(user: User, period: Period, area: Area, snapshot: Snapshot | None = None) -> Split:
    """Count every tally by place, industry, grade, level and source.

    The finest cells are at most a few thousand however many rows there are; each axis is their sum.
    """
    axes = {"place": area.column, **AXES}
    live = live_rows(user, snapshot)
    cells = live_cells(live, period, axes) if live is not None else ()
    if snapshot:
        cells = chain(cells, stored_cells(user, snapshot, axes))
    every: list[list[int]] = []
    parts: dict[str, dict[Any, list[list[int]]]] = {axis: defaultdict(list) for axis in axes}
    for values, counts in cells:
        every.append(counts)
        for axis, value in zip(axes, values, strict=True):
            parts[axis][value].append(counts)
    by = {axis: {value: summed(counts) for value, counts in found.items()} for axis, found in parts.items()}
    return Split(by, summed(every))


def summed(cells: list[list[int]]) -> Counter:
    """Return the sum of each tally over cells."""
    return Counter(dict(zip(TALLIES, map(sum, zip(*cells, strict=True)), strict=False)))


def live_rows(user: User, snapshot: Snapshot | None) -> QuerySet | None:
    """Return the rows that are counted now: all, or what no snapshot holds, which mostly is nothing."""
    return stored.beyond(user) if snapshot else Hazard.objects.visible_to(user)


def live_cells(rows: QuerySet, period: Period, axes: dict[str, str]) -> Iterator[tuple[list[Any], list[int]]]:
    """Count the rows in one pass by all axes at once."""
    counts = {f"n_{code}": Count("pk", filter=tally.condition(period)) for code, tally in TALLIES.items()}
    for values in rows.order_by().values_list(*axes.values()).annotate(**counts):
        yield list(values[: len(axes)]), list(values[len(axes) :])


def stored_cells(
    user: User, snapshot: Snapshot, axes: dict[str, str]
) -> Iterator[tuple[list[Any], list[int]]]:
    """Read the same cells from a snapshot, whose industry is a column of its own."""
    cells = stored.rows(user, snapshot, Kind.STANDING, column=axes["place"])
    columns = [path.replace(AXES["industry"], "industry") for path in axes.values()]
    return stored.sums(cells, columns, (f"n_{code}" for code in TALLIES))


def monthly(user: User, period: Period, snapshot: Snapshot | None = None) -> dict[date, Counter]:
    """Count by month what was found, closed, due and rectified in time, the months without rows too."""
    live = live_rows(user, snapshot)
    counts = live_months(live, period) if live is not None else ()
    if snapshot:
        counts = chain(counts, stored.months(user, snapshot))
    months = {month: Counter() for month in months_to(period.today)}
    for flow, month, count, good in counts:
        if month in months:
            months[month][flow] += count
            if flow == "due":
                months[month]["in_time"] += good
    return months


def live_months(rows: QuerySet, period: Period) -> QuerySet:
    """Return (flow, month, count, of these in time) of rows counted now, in one query."""
    found, closed, due = (
        by_month(rows, period, code, field)
        for code, field in (("found", "found_at"), ("closed", "closed_at"), ("due", "deadline_on"))
    )
    return found.union(closed, due, all=True)


def by_month(rows: QuerySet, period: Period, code: str, field: str) -> QuerySet:
    """Return (flow, month, count, of these in time) of one tally."""
    good = Count("pk", filter=RECTIFIED_IN_TIME) if code == "due" else Value(0, IntegerField())
    those = rows.filter(TALLIES[code].condition(period)).order_by()
    grouped = those.annotate(flow=Value(code), month=month_of(field)).values("flow", "month")
    return grouped.annotate(n=Count("pk"), good=good).values_list("flow", "month", "n", "good")


@dataclass(frozen=True)
class Situation:
    """Everything the overview shows, counted as of a moment."""

    at: datetime
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
        return listed(self.names.get(code, code) for code in self.area.held)

    @property
    def is_empty(self) -> bool:
        """Say whether the area has never had a hazard that counts."""
        return not any(self.split.total.values())


def situation(user: User, at: datetime) -> Situation:
    """Count the hazards of the person's area: at the moment given or the newest one kept, and over twelve months."""
    snapshot = stored.snapshot_for(user)
    at = snapshot.taken_at if snapshot else at
    area, period = Area.of(user), Period.year_to(localdate(at))
    parts = split(user, period, area, snapshot)
    return Situation(
        at=at,
        area=area,
        period=period,
        split=parts,
        months=monthly(user, period, snapshot),
        enterprises=enterprises(user, snapshot),
        names=area.names(parts.by["place"]),
    )


def enterprises(user: User, snapshot: Snapshot | None) -> int:
    """Count the enterprises under supervision."""
    if snapshot and all(map(stored.is_covered, user.scope.entries)):
        return stored.enterprises(user, snapshot)
    return Enterprise.objects.visible_to(user).active().count()


# A measure of the current month, or of now, as a snapshot keeps it.
COLUMN_OF = {f"hazards.{code}": f"{'m' if code in OF_A_MONTH else 'n'}_{code}" for code in TALLIES} | {
    "enterprises.active": "n_enterprises"
}


def counted(measure: Measure, way: Breakdown, user: User, at: datetime) -> tuple[list[Share], datetime]:
    """Return the parts of a measure, the largest first, and the moment they speak of."""
    snapshot, column = None, COLUMN_OF.get(measure.code)
    if column and all(map(stored.is_covered, user.scope.entries)) and not any(user.scope.grants.values()):
        snapshot = stored.snapshot_for(user)
    cells = stored_parts(measure, way, user, snapshot) if snapshot else None
    if cells is None:
        return split_live(measure, way.code, user, at), at
    counts = [(values[0], numbers[0]) for values, numbers in stored.sums(*cells, (column,)) if numbers[0]]
    return shares(measure, way, sorted(counts, key=lambda each: -each[1])), snapshot.taken_at


def stored_parts(
    measure: Measure, way: Breakdown, user: User, snapshot: Snapshot
) -> tuple[QuerySet, list[str]] | None:
    """Return the cells that hold a measure by one of its ways, and their column; None where none do."""
    column = {AXES["industry"]: "industry", "regulatory_category": "industry", "month_found": "month"}.get(
        way.path, way.path
    )
    kind = Kind.ENTERPRISES if measure.code == "enterprises.active" else Kind.STANDING
    if column == "month":
        return stored.rows(user, snapshot, Kind.FOUND), [column]
    if column in stored.GRAIN_OF:
        return stored.rows(user, snapshot, kind, column=column), [column]
    known = {"industry"} if kind == Kind.ENTERPRISES else set(AXES.values()) | {"industry"}
    return (stored.rows(user, snapshot, kind), [column]) if column in known else None
