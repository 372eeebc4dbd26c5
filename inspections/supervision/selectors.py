"""Whom a supervisor may look at."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Organisation, OrganisationKind, User
from accounts.services import fitting_posts
from inspections.kinds import KINDS, VisitKind

GOVERNMENT = (
    OrganisationKind.BUREAU,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.TEAM,
    OrganisationKind.TOWN,
)


def supervises(person: User) -> bool:
    """Say whether the person supervises other bodies at all."""
    return bool(supervising_places(person))


def supervising_places(person: User) -> set[str]:
    """Return the divisions in which the person supervises."""
    makers = KINDS[VisitKind.SUPERVISION].makers
    posts = fitting_posts(person, "inspections.plan_visit")
    return {post.region_id for post in posts if post.role in makers and post.region_id}


def bodies_below(person: User) -> QuerySet[Organisation]:
    """Return the towns, departments and bureaus in the person's area; never the own body."""
    within = Q(pk__in=())
    for place in supervising_places(person):
        within |= Q(region__code__startswith=place)
    own = [post.organisation_id for post in person.posts if post.organisation_id]
    rows = Organisation.objects.filter(within, kind__in=GOVERNMENT).exclude(pk__in=own)
    return rows.select_related("region").order_by("region_id", "name")
