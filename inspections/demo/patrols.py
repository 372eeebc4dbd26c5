"""The patrols of the demo city: a route for each grid worker, one for the town of the sign-ins; some made, some missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from accounts.demo import TOWN, Stage
from accounts.roles import Role
from enterprises.models import Enterprise
from inspections import services as do
from inspections.models import PatrolRoute
from inspections.patrols.clock import lay_stops
from inspections.visits.positions import Position
from regions.models import Grid, Region

Steps = Iterator[datetime]
ON_SITE, FROM_STOP_TO_STOP = timedelta(minutes=20), timedelta(minutes=45)
# Degrees from the registered point to the gate: some fifty metres.
OFF = 0.0004


def patrol_stories(stage: Stage) -> Iterator[tuple[datetime, Steps]]:
    """Give the grid worker of the sign-ins, who goes round for three weeks, and the routes of everybody else."""
    start = stage.now - timedelta(days=24, hours=1)
    yield start, goes_round(stage, start)
    yield stage.now - timedelta(days=2, hours=5), routes_elsewhere(stage)


def goes_round(stage: Stage, at: datetime) -> Steps:
    """The town draws the route; most stops are made on their day, every fourth is missed, a few have no position."""
    town = stage.people[Role.TOWN, TOWN][0]
    code, worker = next((code, user) for code, user in stage.grid_workers.items() if code.startswith(TOWN))
    grid = Grid.objects.select_related("region").get(pk=code)
    route = do.draw_route(
        kind="grid_patrol", name=f"{grid.name}巡查路线", grid=grid, worker=worker, by=town, at=at
    )
    turn = 0
    while True:
        at = yield at + timedelta(days=1)
        due = route.stops.select_related("route", "enterprise").filter(next_on=localdate(at))
        for place, stop in enumerate(due.order_by("pk")):
            turn += 1
            if turn % 4:
                begun = at + place * FROM_STOP_TO_STOP
                here = standing_at(stop.enterprise) if turn % 6 else None
                visit = do.begin_patrol(stop, position=here, by=worker, at=begun)
                do.finish_visit(visit, outcome="nothing", by=worker, at=begun + ON_SITE)


def standing_at(enterprise: Enterprise) -> Position | None:
    """Return where the phone is at the gate of the enterprise, if it is known where that is."""
    if enterprise.latitude is None or enterprise.longitude is None:
        return None
    return Position(float(enterprise.latitude) + OFF, float(enterprise.longitude) - OFF, 15)


def routes_elsewhere(stage: Stage) -> Steps:
    """Routes of the other grid workers and of the town, laid with their stops in sets."""
    at = stage.now - timedelta(days=2, hours=5)
    grids = Grid.objects.in_bulk(list(stage.grid_workers))
    taken = set(PatrolRoute.objects.exclude(grid=None).values_list("grid_id", flat=True))
    rows = [
        PatrolRoute(
            kind="grid_patrol",
            name=f"{grids[code].name}巡查路线",
            grid=grids[code],
            region_id=grids[code].region_id,
            worker=worker,
            created_at=at,
        )
        for code, worker in stage.grid_workers.items()
        if code not in taken
    ]
    town = Region.objects.get(pk=TOWN)
    rows.append(PatrolRoute(kind="gov_patrol", name=f"{town.name}巡查路线", region=town, created_at=at))
    PatrolRoute.objects.bulk_create(rows)
    lay_stops(at=at)
    yield from ()
