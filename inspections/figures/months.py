"""Counting by town, industry and month: grouped queries over everything, merged here, written as one set.

The current month and the one before are counted anew every night, so that a visit typed in late or a hazard closed in
the first days still stands in its month; earlier months stay as they were last counted. How things stand (lists,
phones, tiers, what is open) cannot be known afterwards and is kept only for the month of the counting.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate

from hazards.choices import FOUND_BY_ENTERPRISE, Source
from hazards.measures import due_in
from hazards.models import Hazard
from hazards.periods import MONTHS, Period, months_to
from hazards.querysets import COUNTED, OPEN, RECTIFIED_IN_TIME, overdue
from inspections.figures.standing import rate
from inspections.kinds import ADMINISTRATIVE, ON_GOVERNMENT, VisitKind
from inspections.models import ConductMonth, ListState, PatrolStop, Standing, Tier, Visit

# (town, industry) → the numbers of one month.
Cells = dict[tuple[str, str], dict[str, int]]
STATES = (
    "required",
    "compiled",
    "accepted",
    "phones",
    "inspected",
    "tier_1",
    "tier_2",
    "tier_3",
    "tier_4",
    "score",
    "stops",
    "stops_kept",
    "open",
    "overdue",
)
FLOWS = (
    "own_found",
    "found",
    "closed",
    "seen_by_others",
    "not_reported",
    "visits",
    "backfilled",
    "inspections",
    "facts",
    "lapsed",
    "cleared",
    "grid_found",
    "grid_closed",
    "grid_patrols",
    "grid_present",
)
OWN = Q(source__in=FOUND_BY_ENTERPRISE)
OF_GRIDS, CLOSED = Q(source=Source.PATROL), Q(state="closed")
BY_GRIDS = Q(kind=VisitKind.GRID_PATROL)
# Looks at enterprises by somebody else than themselves: what a check typed in later is a share of.
BY_OTHERS = ~Q(kind__in=(VisitKind.SELF_CHECK, *ON_GOVERNMENT))
AGAIN = 2


@transaction.atomic
def count_conduct(*, at: datetime) -> int:
    """Rate every enterprise and count this month and the one before; return how many rows stand.

    The first time ever, what happened in the last twelve months is counted too.
    """
    today = localdate(at)
    rate(on=today)
    known = ConductMonth.objects.exists()
    months = months_to(today, AGAIN if known else MONTHS)
    return sum(count_month(month, today, at=at) for month in months)


def count_month(month: date, today: date, *, at: datetime) -> int:
    """Count one month anew; return how many rows it has."""
    cells, period = flows(month, today), Period.month(month, today=today)
    stands = period.first <= today <= period.last
    if stands:
        merge(cells, standing(today))
        merge(cells, open_hazards(today))
        merge(cells, stops(today))
    numbers = (*FLOWS, *STATES) if stands else FLOWS
    rows = [
        ConductMonth(
            month=month,
            region_id=town,
            industry=industry,
            counted_at=at,
            **{name: counted.get(name, 0) for name in numbers},
        )
        for (town, industry), counted in cells.items()
    ]
    clear(month, numbers)
    ConductMonth.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["month", "region", "industry"],
        update_fields=["counted_at", *numbers],
    )
    return len(rows)


def clear(month: date, numbers: tuple[str, ...]) -> None:
    """Set what is counted anew to nothing, for places where nothing is any more."""
    ConductMonth.objects.filter(month=month).update(**dict.fromkeys(numbers, 0))


def merge(cells: Cells, more: Cells) -> None:
    """Add the numbers of other columns."""
    for key, counted in more.items():
        cells[key].update(counted)


def grouped(rows: QuerySet, prefix: str, **tallies: Count | Sum) -> Cells:
    """Return the tallies by town and industry; the rows have their place under the prefix or are the enterprise's."""
    industry = "enterprise__regulatory_category"
    found = rows.order_by().values_list(f"{prefix}town_code", industry).annotate(**tallies)
    names = list(tallies)
    cells: Cells = defaultdict(dict)
    for town, kind, *numbers in found:
        cells[town, kind or ""] = dict(zip(names, numbers, strict=True))
    return cells


def standing(today: date) -> Cells:
    """Return how the enterprises stand that owe self-checks."""
    month = today.replace(day=1)
    return grouped(
        Standing.objects.filter(owes=True),
        "enterprise__",
        required=Count("pk"),
        compiled=Count("pk", filter=~Q(list_state=ListState.MISSING)),
        accepted=Count("pk", filter=Q(list_state=ListState.ACCEPTED)),
        phones=Count("pk", filter=Q(has_phone=True)),
        inspected=Count("pk", filter=Q(inspected_on__gte=month)),
        score=Sum("score"),
        **{f"tier_{tier.value}": Count("pk", filter=Q(tier=tier)) for tier in Tier},
    )


def open_hazards(today: date) -> Cells:
    """Return what is open, and what of it is overdue."""
    return grouped(
        Hazard.objects.filter(OPEN), "", open=Count("pk"), overdue=Count("pk", filter=overdue(today))
    )


def stops(today: date) -> Cells:
    """Return the stops of the grids' patrols, and those that are not overdue."""
    rows = PatrolStop.objects.filter(route__kind=VisitKind.GRID_PATROL)
    return grouped(
        rows, "enterprise__", stops=Count("pk"), stops_kept=Count("pk", filter=Q(next_on__gte=today))
    )


def flows(month: date, today: date) -> Cells:
    """Return what happened in a month."""
    period = Period.month(month, today=today)
    cells: Cells = defaultdict(dict)
    found = Hazard.objects.filter(COUNTED, period.holds("found_at"))
    others = found.filter(~OWN)
    late = Hazard.objects.filter(due_in(period)).exclude(RECTIFIED_IN_TIME)
    for more in (
        grouped(
            found,
            "",
            found=Count("pk"),
            closed=Count("pk", filter=CLOSED),
            grid_found=Count("pk", filter=OF_GRIDS),
            grid_closed=Count("pk", filter=OF_GRIDS & CLOSED),
        ),
        grouped(late, "", lapsed=Count("pk"), cleared=Count("pk", filter=~overdue(today))),
        grouped(found.filter(OWN).said_first(today), "", own_found=Count("pk")),
        grouped(others, "", seen_by_others=Count("pk")),
        grouped(others.reported_before(today, yes=False), "", not_reported=Count("pk")),
        visits(period),
    ):
        merge(cells, more)
    return cells


def visits(period: Period) -> Cells:
    """Return the visits finished in a month, by others than the enterprise itself."""
    administrative: dict[str, Any] = {"kind__in": ADMINISTRATIVE}
    rows = Visit.objects.finished().filter(BY_OTHERS, period.holds("finished_at"))
    return grouped(
        rows,
        "",
        visits=Count("pk"),
        backfilled=Count("pk", filter=Q(is_backfilled=True)),
        inspections=Count("pk", filter=Q(**administrative)),
        facts=Count("pk", filter=Q(**administrative, facts_confirmed_at__isnull=False)),
        grid_patrols=Count("pk", filter=BY_GRIDS),
        grid_present=Count("pk", filter=BY_GRIDS & Q(is_backfilled=False)),
    )
