"""The stops of patrol routes: laid and kept up in sets, with a clock on each (handbook §6.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localdate

from deadlines import services as deadlines
from deadlines.models import Deadline, DeadlineEvent, EventKind
from deadlines.sets import cancel_set, clocks_of, start_set
from enterprises.models import Enterprise
from inspections.kinds import VisitKind
from inspections.models import PatrolRoute, PatrolStop
from inspections.risk import codes_by_colour, in_days, risk_colour
from rulebook.places import Places

RULE = "inspections.patrol"
SERIES = {VisitKind.GRID_PATROL: "PATROL_GRID", VisitKind.GOVERNMENT_PATROL: "PATROL_TOWN"}
# What `str` calls a stop.
CALLED = Concat(Cast("route_id", CharField()), Value(" "), Cast("enterprise_id", CharField()))
# How many stops are taken away at a time.
BATCH = 2000

# The enterprises of a grid, or of a town where the route has no grid. A new stop falls somewhere within its first
# cycle, so that a route does not come due as a whole on one day; what is known keeps its day, or comes earlier when the
# risk has risen. Only what differs is handed to the insert: on a conflict a row is locked, and so written, even if it
# then stays.
LAY = """
WITH routes AS (
    SELECT r.id, r.kind, r.grid_id, r.town_code FROM inspections_patrolroute r WHERE r.is_active AND ({only})
), lying AS (
    SELECT r.id AS route, r.kind, e.id AS enterprise, e.risk, e.place
    FROM routes r JOIN ({enterprises}) e ON e.grid_id = r.grid_id
    UNION ALL
    SELECT r.id, r.kind, e.id, e.risk, e.place
    FROM routes r JOIN ({enterprises}) e ON e.town_code = r.town_code WHERE r.grid_id IS NULL
), placed AS (
    SELECT route, enterprise, risk, c.days, row_number() OVER (PARTITION BY route ORDER BY enterprise) AS position
    FROM lying JOIN unnest(%(kinds)s::text[], %(colours)s::text[], %(places)s::text[], %(days)s::int[])
      AS c (kind, colour, place, days) ON c.kind = lying.kind AND c.colour = lying.risk AND c.place = lying.place
)
INSERT INTO inspections_patrolstop (route_id, enterprise_id, position, colour, cycle_days, next_on, missed_count)
SELECT placed.route, placed.enterprise, placed.position, placed.risk, placed.days,
       %(today)s::date + 1 + (placed.enterprise %% placed.days)::int, 0
FROM placed LEFT JOIN inspections_patrolstop kept
  ON kept.route_id = placed.route AND kept.enterprise_id = placed.enterprise
WHERE kept.id IS NULL OR (kept.colour, kept.cycle_days) IS DISTINCT FROM (placed.risk, placed.days)
ON CONFLICT (route_id, enterprise_id) DO UPDATE
SET colour = EXCLUDED.colour, cycle_days = EXCLUDED.cycle_days,
    next_on = LEAST(inspections_patrolstop.next_on,
        GREATEST(%(today)s::date + 1,
            coalesce((inspections_patrolstop.last_at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s::date)
            + EXCLUDED.cycle_days))
WHERE (inspections_patrolstop.colour, inspections_patrolstop.cycle_days)
      IS DISTINCT FROM (EXCLUDED.colour, EXCLUDED.cycle_days)
"""


@transaction.atomic
def lay_stops(*, at: datetime, route: PatrolRoute | None = None) -> tuple[int, int]:
    """Bring the stops of all routes, or of one, in line with the enterprises there; return (written, taken away).

    Enterprises that ended or moved leave the route; stops of a route that ended are dropped with their clocks.
    """
    routes = PatrolRoute.objects.filter(pk=route.pk) if route else PatrolRoute.objects.all()
    gone = drop_stops(routes, at=at)
    written = write_stops(route, on=localdate(at))
    start_clocks(routes, at=at)
    return written, gone


def write_stops(route: PatrolRoute | None, *, on: date) -> int:
    """Write the stops by one statement; return how many are new or have changed."""
    numbers = Places([code for series in SERIES.values() for code in codes_by_colour(series).values()], on)
    rows = Enterprise.objects.counts_for_scoring(on).annotate(risk=risk_colour(), place=numbers.label())
    columns = ("id", "grid_id", "town_code", "risk", "place")
    inner, values = rows.order_by().values(*columns).query.sql_with_params()
    named = {f"e{place}": value for place, value in enumerate(values)}
    # The statement of the room uses plain marks; here they get names beside those of ours.
    inner = inner % tuple(f"%({name})s" for name in named)
    only = "r.id = %(route)s" if route else "true"
    given = {**named, **cycles(numbers), "today": on, "route": route.pk if route else None}
    with connection.cursor() as cursor:
        cursor.execute(LAY.format(enterprises=inner, only=only), given)
        return cursor.rowcount


def cycles(numbers: Places) -> dict[str, list]:
    """Return the days by kind of patrol, colour and place, column by column; the country is the empty place."""
    rows = [
        (kind.value, colour, place, in_days(numbers.of(code, place)))
        for kind, series in SERIES.items()
        for colour, code in codes_by_colour(series).items()
        for place in ("", *numbers.special())
    ]
    return dict(zip(("kinds", "colours", "places", "days"), map(list, zip(*rows, strict=True)), strict=True))


def drop_stops(routes: QuerySet[PatrolRoute], *, at: datetime) -> int:
    """Take away stops whose enterprise left the route's place or stands still, or whose route has ended."""
    grid = PatrolRoute.objects.filter(pk=OuterRef("route"), grid=OuterRef("enterprise__grid"))
    town = PatrolRoute.objects.filter(
        pk=OuterRef("route"), grid=None, town_code=OuterRef("enterprise__town_code")
    )
    working = Enterprise.objects.counts_for_scoring(localdate(at)).values("pk")
    stays = (Q(Exists(grid)) | Q(Exists(town))) & Q(route__is_active=True, enterprise__in=working)
    rows = PatrolStop.objects.filter(route__in=routes).exclude(stays)
    gone = 0
    for keys in chunks(rows.values_list("pk", flat=True)):
        cancel_set(clocks_of(PatrolStop, keys, [RULE]), at=at)
        gone += PatrolStop.objects.filter(pk__in=keys).delete()[0]
    return gone


def chunks(keys: QuerySet) -> Iterator[list[int]]:
    """Read the keys once and hand them out in batches; what is done with a batch does not change the rest."""
    found = list(keys)
    return (found[start : start + BATCH] for start in range(0, len(found), BATCH))


def start_clocks(routes: QuerySet[PatrolRoute], *, at: datetime) -> int:
    """Start the clock of stops that have none, and move it where the day has come forward; return how many."""
    stops = PatrolStop.objects.filter(route__in=routes)
    # A clock ends at the first moment after its day: one that is later than the stop says must be wound anew.
    ends = ExpressionWrapper(F("next_on") + timedelta(days=1), output_field=DateField())
    kind = ContentType.objects.get_for_model(PatrolStop)
    clocks = Deadline.objects.open().filter(target_type=kind, rule=RULE, target_id=OuterRef("pk"))
    slow = stops.annotate(_ends=ends).filter(Exists(clocks.filter(due_at__date__gt=OuterRef("_ends"))))
    for keys in chunks(slow.values_list("pk", flat=True)):
        cancel_set(clocks_of(PatrolStop, keys, [RULE]), at=at)
    return start_set(stops, RULE, at=at, label=CALLED, until="next_on")


def hear_patrol_clock(stop: PatrolStop, event: DeadlineEvent, at: datetime) -> None:
    """Count a patrol that was not made in time."""
    if event.kind == EventKind.LAPSED:
        stop.missed_count += 1
        stop.save(update_fields=["missed_count"])


def move_stops(stops: QuerySet[PatrolStop], visit: Any, *, at: datetime) -> int:
    """A patrol was made: write it on the stops of the enterprise, and let the clock of the next one begin.

    The next one counts from the day on which this one took place, and is due today where that day is over already. One
    that is typed in after a later one moves nothing.
    """
    done, made_at = 0, visit.ended_at or at
    for stop in stops.select_related("enterprise", "route").select_for_update(of=("self",)):
        if stop.last_at and stop.last_at >= made_at:
            continue
        stop.last_visit, stop.last_at = visit, made_at
        stop.next_on = max(localdate(made_at) + timedelta(days=stop.cycle_days), localdate(at))
        stop.save(update_fields=["last_visit", "last_at", "next_on"])
        deadlines.settle(stop, RULE, at=at)
        deadlines.start(stop, RULE, at=at, due_on=stop.next_on)
        done += 1
    return done
