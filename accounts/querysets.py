"""Which organisations, posts and delegations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from accounts.roles import ADMINISTRATORS
from regions.querysets import scope_of

if TYPE_CHECKING:
    from accounts.models import User


class OrganisationQuerySet(QuerySet):
    """Organisations; their names are public, `visible_to` narrows what a picker offers."""

    def visible_to(self, user: User) -> Self:
        """Organisations inside the regions of the person's posts."""
        where = Q(pk__in=[])
        for entry in scope_of(user).entries:
            if entry.region:
                where |= Q(region_id__startswith=entry.region)
        return self.filter(where)


class PostQuerySet(QuerySet):
    """Posts as they stand on a day."""

    def on(self, day: date) -> Self:
        """Posts that hold on the day."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)

    def acted_by(self, user: User, day: date) -> Self:
        """Posts in which the person acts on the day: their own, and those delegated to them."""
        away = Q(
            user__is_active=True,
            user__given__receiver=user,
            user__given__from_on__lte=day,
            user__given__to_on__gte=day,
            user__given__ended_on=None,
        )
        return (
            self.on(day)
            .filter(Q(user=user) | away)
            .select_related("user", "organisation")
            .distinct()
            .order_by("from_on", "pk")
        )

    def administering(self, user: User, from_on: date, to_on: date | None) -> Self:
        """Posts of the three administrators that the person holds, or acts in, on any of the days."""
        away = Q(user__given__receiver=user, user__given__to_on__gte=from_on, user__given__ended_on=None)
        held = Q(to_on=None) | Q(to_on__gte=from_on)
        if to_on:
            away &= Q(user__given__from_on__lte=to_on)
            held &= Q(from_on__lte=to_on)
        return self.filter(Q(user=user) | away, held, role__in=ADMINISTRATORS).distinct()


class DelegationQuerySet(QuerySet):
    """Delegations as they stand on a day."""

    def on(self, day: date) -> Self:
        """Delegations in force on the day."""
        return self.filter(from_on__lte=day, to_on__gte=day, ended_on=None)

    def of(self, giver: User, from_on: date, to_on: date | None) -> Self:
        """Delegations by which somebody acts for the person on any of the days."""
        held = self.filter(giver=giver, ended_on=None, to_on__gte=from_on)
        return held.filter(from_on__lte=to_on) if to_on else held


class CertificateQuerySet(QuerySet):
    """Enforcement certificates as they stand on a day."""

    def valid_on(self, day: date) -> Self:
        """Certificates that are valid on the day."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)
