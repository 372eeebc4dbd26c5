"""Reading visits: the items they ask, and how far they are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services import fitting_posts
from enterprises.models import Enterprise
from inspections.kinds import KINDS, VisitKind
from inspections.models import CheckItem, EditionLine, Participant, SelfCheckLine, Visit
from inspections.visits.cap import CAPPED, Quota, quota_of

NEARBY = timedelta(days=30)


def items_of(visit: Visit) -> QuerySet[CheckItem]:
    """Return the items that the visit asks: those of its editions and of its self-check list, each once.

    An edition that was in use never changes, so an item withdrawn meanwhile is asked on.
    """
    by_edition = EditionLine.objects.filter(edition__visits=visit, item=OuterRef("pk"))
    by_list = SelfCheckLine.objects.filter(list=visit.self_check_list_id, item=OuterRef("pk"))
    return CheckItem.objects.filter(Q(Exists(by_edition)) | Q(Exists(by_list)))


def with_me(rows: QuerySet[Visit], user: User) -> QuerySet[Any]:
    """Add whether the person takes part, so that the rules need not ask again."""
    return rows.annotate(has_me=Exists(Participant.objects.filter(visit=OuterRef("pk"), user=user)))


def planned_nearby(enterprise: Enterprise, user: User, at: datetime) -> list[Visit]:
    """Return the visits to the enterprise planned within a month, or under way: perhaps one journey is enough.

    Two heads in one month are what joint inspections are for (handbook §18 row 27).
    """
    rows = Visit.objects.visible_to(user).filter(enterprise=enterprise).exclude(kind=VisitKind.SELF_CHECK)
    soon = localdate(at) + NEARBY
    near = Q(state="planned", planned_on__lte=soon) | Q(state="under_way")
    return list(rows.filter(near).order_by("planned_on", "pk")[:5])


def quota_with(user: User, enterprise: Enterprise, *, on: date) -> Quota | None:
    """Return how often the person's authority may still inspect the enterprise; None for who makes no inspections there."""
    makers = frozenset().union(*(KINDS[code].makers for code in CAPPED))
    posts = fitting_posts(user, "inspections.plan_visit", enterprise)
    authority = next((post.organisation for post in posts if post.role in makers and post.organisation), None)
    return authority and quota_of(enterprise.pk, authority, region=enterprise.region_id, on=on)
