"""Where a device says it was, how far that is from the registered place, and whether it can be true at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from django.utils.timezone import localdate

from accounts.models import User
from inspections.choices import PositionState
from inspections.models import Visit
from rulebook.services import parameter

EARTH = 6_371_000
# The country, with its seas; a device that says otherwise is wrong or lies.
SOUTH, NORTH, WEST, EAST = 3.0, 54.0, 73.0, 136.0
# Nobody goes from one site to the next faster than the fastest train, over more than a stray fix of the device.
FASTEST = 350_000 / 3600
STRAY = 5_000
LOOK_BACK = timedelta(hours=12)
PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Position:
    """Degrees (WGS-84) and the accuracy that the device claims, in metres."""

    latitude: float
    longitude: float
    accuracy: int | None = None

    @property
    def is_in_country(self) -> bool:
        """Say whether it lies where our enterprises can lie; 0, 0 does not."""
        return SOUTH <= self.latitude <= NORTH and WEST <= self.longitude <= EAST

    def metres_to(self, latitude: float, longitude: float) -> int:
        """Return the distance along the surface, in metres."""
        here, there = radians(self.latitude), radians(latitude)
        across = radians(longitude - self.longitude)
        half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
        return round(2 * EARTH * asin(sqrt(min(half, 1))))


def place(visit: Visit, position: Position | None, *, by: User, at: datetime) -> None:
    """Write on a visit where the device was when it began, and what that is worth."""
    if position is None:
        visit.position_state = PositionState.MISSING
        return
    visit.latitude = Decimal(position.latitude).quantize(PLACES)
    visit.longitude = Decimal(position.longitude).quantize(PLACES)
    visit.accuracy = None if position.accuracy is None else min(max(position.accuracy, 0), 1_000_000)
    visit.distance = registered_distance(visit, position)
    visit.position_state = state_of(visit, position, by=by, at=at)


def registered_distance(visit: Visit, position: Position) -> int | None:
    """Return the metres to where the enterprise is registered, if it is known."""
    target = visit.enterprise
    if target is None or target.latitude is None or target.longitude is None or not position.is_in_country:
        return None
    return position.metres_to(float(target.latitude), float(target.longitude))


def state_of(visit: Visit, position: Position, *, by: User, at: datetime) -> str:
    """Say what the position shows."""
    if not position.is_in_country or jumps(visit, position, by=by, at=at):
        return PositionState.IMPLAUSIBLE
    if visit.distance is None:
        return PositionState.UNPLACED
    near = int(parameter("VISIT_NEAR", on=localdate(at), region=visit.region_id).amount)
    # A bad fix widens the circle, but not without end: a device that claims to know nothing is not near everything.
    return (
        PositionState.NEAR if visit.distance <= near + min(visit.accuracy or 0, near) else PositionState.FAR
    )


def jumps(visit: Visit, position: Position, *, by: User, at: datetime) -> bool:
    """Say whether the person cannot have come here from where their last visit began."""
    moment = visit.started_at or at
    rows = Visit.objects.filter(started_by=by, started_at__range=(moment - LOOK_BACK, moment))
    rows = rows.exclude(pk=visit.pk).exclude(latitude=None).exclude(position_state=PositionState.IMPLAUSIBLE)
    before = rows.order_by("-started_at").first()
    if before is None or before.latitude is None or before.longitude is None or before.started_at is None:
        return False
    way = position.metres_to(float(before.latitude), float(before.longitude))
    seconds = max((moment - before.started_at).total_seconds(), 1)
    return way > STRAY and way / seconds > FASTEST
