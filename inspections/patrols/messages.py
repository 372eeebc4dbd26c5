"""Whom a missed patrol is told: who goes round first, then the town."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Role, User
from accounts.selectors import people_holding
from inbox.notices import Notice, Wording
from inspections.models import PatrolStop

FIELDS = {
    "enterprise": "广饶砚池木业有限公司",
    "route": "大王社区网格1巡查路线",
    "day": "03-20",
    "missed": "2",
}


def of_level(stop: PatrolStop, event: Any) -> Iterable[User]:
    """Return who goes round, or the people of the town, as the ladder says."""
    if event.level == "town" or not stop.route.grid_id:
        return people_holding(Role.TOWN, stop.region_id[:9], event.at)
    worker = stop.route.worker
    if worker and worker.is_active:
        return [worker]
    held = Post.objects.on(localdate(event.at)).filter(role=Role.GRID, grid_code=stop.route.grid_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


def values(stop: PatrolStop, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {
        "enterprise": stop.enterprise.name,
        "route": stop.route.name,
        "day": stop.next_on.strftime("%m-%d"),
        "missed": stop.missed_count,
    }


NOTICES = [
    Notice(
        on="deadline:inspections.patrol:escalated",
        wording=Wording(
            code="inspections.patrol_missed",
            label=_("Patrol missed"),
            title=_("{route}: {enterprise} was due on {day} and was not patrolled"),
            fields=FIELDS,
        ),
        audience=of_level,
        values=values,
        url=lambda stop: reverse("inspections:route", args=[stop.route_id]),
    )
]
