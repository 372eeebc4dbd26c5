"""Patrol routes: drawn for a grid or a town, changed, ended; and the patrol that begins at a stop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from inspections.kinds import KINDS, VisitKind
from inspections.models import Edition, PatrolRoute, PatrolStop, Visit
from inspections.patrols.clock import lay_stops, move_stops
from inspections.self_checks.services import one_at_a_time
from inspections.visits.positions import Position
from inspections.visits.services import open_visit, start_visit
from regions.models import Grid, Region

CHANGEABLE = ("name", "worker")


@transaction.atomic
def draw_route(
    *,
    kind: str,
    name: str,
    grid: Grid | None = None,
    region: Region | None = None,
    worker: User | None = None,
    by: User,
    at: datetime,
) -> PatrolRoute:
    """Draw the route of a grid, or of a town, and lay its stops at the enterprises there.

    Raises PermissionDenied outside the person's place, ValidationError for a second route of the grid, and for
    somebody who may not make such a patrol.
    """
    place = grid.region if grid else region
    if place is None or (grid is None and kind == VisitKind.GRID_PATROL):
        raise ValidationError({"grid": _("A grid patrol has its grid.")})
    row = PatrolRoute(kind=kind, name=name.strip(), grid=grid, region=place, worker=worker, created_at=at)
    check_worker(row)
    same = PatrolRoute.objects.filter(is_active=True, kind=kind, grid=grid)
    if (same if grid else same.filter(region=place)).exists():
        raise ValidationError(_("There is a route here already."))
    with acting(by, "inspections.draw_route", at):
        row.save()
        # The columns by which a post covers the route are made by the database.
        row.refresh_from_db()
        if not may(by, "inspections.edit_route", row):
            raise PermissionDenied
        record(by, "inspections.draw_route", row, at=at, data={"kind": kind})
    lay_stops(at=at, route=row)
    return row


def check_worker(row: PatrolRoute) -> None:
    """Raise ValidationError unless the one who goes round holds a post that makes such patrols."""
    makers = KINDS[row.kind].makers
    if row.worker and not makers & row.worker.roles:
        words = _("%(name)s holds no post that makes such patrols.") % {"name": row.worker.name}
        raise ValidationError({"worker": words})


def held_route(route: PatrolRoute, by: User) -> PatrolRoute:
    """Hold the route; raise DoesNotExist out of scope, PermissionDenied for whoever does not keep routes here."""
    row = PatrolRoute.objects.visible_to(by).select_for_update(of=("self",)).get(pk=route.pk)
    if not may(by, "inspections.edit_route", row):
        raise PermissionDenied
    return row


@transaction.atomic
def change_route(route: PatrolRoute, *, facts: Mapping[str, Any], by: User, at: datetime) -> PatrolRoute:
    """Give a route another name or another person who goes round."""
    with acting(by, "inspections.change_route", at):
        row = held_route(route, by)
        for name in CHANGEABLE:
            if name in facts:
                setattr(row, name, facts[name])
        check_worker(row)
        row.save()
        record(by, "inspections.change_route", row, at=at)
    return row


@transaction.atomic
def end_route(route: PatrolRoute, *, reason: str, by: User, at: datetime) -> PatrolRoute:
    """Take a route out of use; its stops and their clocks are dropped, its visits stay."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    with acting(by, "inspections.end_route", at):
        row = held_route(route, by)
        row.is_active = False
        row.save()
        record(by, "inspections.end_route", row, at=at, reason=reason)
    lay_stops(at=at, route=row)
    return row


@transaction.atomic
def begin_patrol(
    stop: PatrolStop,
    *,
    editions: list[Edition] | tuple[Edition, ...] = (),
    position: Position | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Visit:
    """Begin the patrol of a stop, or go on with the one this person has begun there.

    A visit planned for the person at this enterprise is begun rather than a second one.
    """
    one_at_a_time(stop)
    mine = Visit.objects.visible_to(by).filter(enterprise=stop.enterprise_id, kind=stop.route.kind, people=by)
    if going := mine.filter(state="under_way").order_by("-started_at").first():
        return going
    given = {"position": position, "device_time": device_time, "by": by, "at": at}
    if planned := mine.filter(state="planned").order_by("planned_on").first():
        return start_visit(planned, **given)
    return open_visit(stop.enterprise, kind=stop.route.kind, editions=editions, key=key, **given)


def count_patrol(visit: Visit, *, at: datetime) -> int:
    """Let a finished patrol move the stops of its enterprise on routes of its kind; return how many."""
    stops = PatrolStop.objects.filter(
        enterprise=visit.enterprise_id, route__kind=visit.kind, route__is_active=True
    )
    return move_stops(stops, visit, at=at)
