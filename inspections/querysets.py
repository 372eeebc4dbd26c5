"""Which checklists, visits and what hangs on them: row filters that read as a sentence."""

from typing import Any, Self

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.services import may
from inspections.kinds import ADMINISTRATIVE, KINDS, VisitKind
from regions.querysets import RegionScopedQuerySet, scope_of
from regions.scope import ScopeFields

# What the inspected side may read: its own checks, and of others' visits what is finished. An announced visit finds nothing.
OPEN_TO_PARTY = Q(kind=VisitKind.SELF_CHECK) | Q(state="finished")
# A grid worker sees patrols, no papers of an inspection (handbook §2.4).
OPEN_TO_GRID = frozenset({VisitKind.GRID_PATROL})

# Their posts cover no place: they see the visits they were asked to.
INVITED = frozenset({Role.EXPERT, Role.AGENCY})


def kinds_seen(user: User) -> frozenset[str]:
    """Return the kinds of visit that the person's lists may hold, as `VisitQuerySet.visible_to` narrows them."""
    return OPEN_TO_GRID if user.roles and user.roles <= {Role.GRID} else frozenset(KINDS)


class CheckItemQuerySet(QuerySet):
    """Items of the library, which everybody reads, and items enterprises wrote for themselves."""

    scope_fields = ScopeFields(
        prefix="owner__",
        industry="owner__regulatory_category",
        enterprise="owner_id",
        grid="owner__grid_id",
    )

    @staticmethod
    def also_covers(post: Any, obj: Any) -> bool:
        """An item of the library belongs to no place: every post with the permission covers it."""
        return obj.owner_id is None

    def in_library(self) -> Self:
        """Keep the items of the library that are in use: published, and not replaced since."""
        return self.filter(owner=None, retired_at=None, published_at__isnull=False)

    def readable_in_library(self, user: Any) -> Self:
        """The items in use, for whoever may read the library: one condition, which the indexes know."""
        return self.in_library() if may(user, "inspections.view_library") else self.none()

    def visible_to(self, user: Any) -> Self:
        """Library items for whoever may read the library, drafts for who keeps it; own ones where the file is seen."""
        enterprises = self.model._meta.get_field("owner").related_model
        own = Q(owner__in=enterprises.objects.visible_to(user))
        if may(user, "inspections.edit_library"):
            return self.filter(Q(owner=None) | own)
        if may(user, "inspections.view_library"):
            return self.filter(Q(owner=None, published_at__isnull=False) | own)
        return self.filter(own)


class OfTheCity(QuerySet):
    """Rows that belong to no place: every post with the permission covers them."""

    scope_fields = ScopeFields(region=False)

    @staticmethod
    def also_covers(post: Any, obj: Any) -> bool:
        """The library is one for the city, so that the permission alone decides."""
        return True


class ChecklistQuerySet(OfTheCity):
    """Checklists: those in use for every reader, the others for who keeps the library."""

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read."""
        if may(user, "inspections.edit_library"):
            return self.all()
        if may(user, "inspections.view_library"):
            return self.filter(editions__state="published")
        return self.none()


class EditionQuerySet(OfTheCity):
    """Editions: drafts are seen by who keeps the library, the rest by every reader."""

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read."""
        if may(user, "inspections.edit_library"):
            return self.all()
        if may(user, "inspections.view_library"):
            return self.filter(state__in=("published", "withdrawn"))
        return self.none()


class VisitQuerySet(RegionScopedQuerySet):
    """Visits, by place, by the enterprise's industry, to the enterprise itself, to the body looked at, to who takes part."""

    scope_fields = ScopeFields(
        industry="enterprise__regulatory_category", enterprise="enterprise_id", grid="enterprise__grid_id"
    )

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read; who is inspected is not told before."""
        rows, roles = super().visible_to(user), {entry.role for entry in scope_of(user).entries}
        if roles and roles <= {Role.ENTERPRISE}:
            return rows.filter(OPEN_TO_PARTY)
        if roles and roles <= {Role.GRID}:
            return rows.filter(kind__in=OPEN_TO_GRID)
        if roles and roles <= INVITED:
            return self.filter(pk__in=self.taken_part_in(user))
        if roles and roles <= {Role.DEPT} and user.organisation_id:
            return rows | self.filter(body=user.organisation_id)
        return rows

    def taken_part_in(self, user: Any) -> QuerySet:
        """Return the keys of the visits in which the person takes part."""
        return (
            self.model._meta.get_field("people")
            .remote_field.through.objects.filter(user=user)
            .values("visit")
        )

    @staticmethod
    def also_covers(post: Any, obj: Any) -> bool:
        """A post covers a visit in which its holder takes part, or that looks at its organisation."""
        if obj.body_id and obj.body_id == post.organisation_id:
            return True
        return post.role in INVITED and obj.participants.filter(user=post.user_id).exists()

    def finished(self) -> Self:
        """Keep what is finished."""
        return self.filter(state="finished")

    def inspections(self) -> Self:
        """Keep what counts as an administrative inspection: of that kind, and finished."""
        return self.finished().filter(kind__in=ADMINISTRATIVE)


class VisitPartQuerySet(RegionScopedQuerySet):
    """Answers, findings, people and signatures: seen by whoever sees the visit."""

    def visible_to(self, user: Any) -> Self:
        """Return the parts of visits the person may read."""
        visits = self.model._meta.get_field("visit").related_model
        return self.filter(visit__in=visits.objects.visible_to(user))


class OfEnterpriseQuerySet(RegionScopedQuerySet):
    """Rows that belong to an enterprise: seen by whoever sees the enterprise."""

    scope_fields = ScopeFields(
        prefix="enterprise__",
        industry="enterprise__regulatory_category",
        enterprise="enterprise_id",
        grid="enterprise__grid_id",
    )


class StopQuerySet(RegionScopedQuerySet):
    """Stops of patrols: seen by whoever watches over the enterprise, not by itself. An announced patrol finds nothing."""

    scope_fields = ScopeFields(
        prefix="enterprise__", industry="enterprise__regulatory_category", grid="enterprise__grid_id"
    )


class SelfCheckLineQuerySet(RegionScopedQuerySet):
    """Lines of self-check lists: seen by whoever sees the list."""

    scope_fields = ScopeFields(
        prefix="list__enterprise__",
        industry="list__enterprise__regulatory_category",
        enterprise="list__enterprise_id",
        grid="list__enterprise__grid_id",
    )


class OrderQuerySet(RegionScopedQuerySet):
    """Orders to government bodies: by the place of the visit, and to the body itself."""

    scope_fields = ScopeFields(prefix="visit__")

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read: nobody outside the government does; a department reads its own."""
        rows = super().visible_to(user)
        if not may(user, "inspections.view_order"):
            return self.none()
        own = {post.organisation_id for post in user.posts if post.organisation_id}
        return rows | self.filter(visit__body__in=own) if own else rows

    @staticmethod
    def also_covers(post: Any, obj: Any) -> bool:
        """A post covers the order to its own organisation."""
        return bool(post.organisation_id) and obj.visit.body_id == post.organisation_id


class RouteQuerySet(RegionScopedQuerySet):
    """Patrol routes lie in a division; a grid worker sees those of the own grid."""

    scope_fields = ScopeFields(grid="grid_id")


class DoubtQuerySet(OfEnterpriseQuerySet):
    """Doubts: for who looks into them. The enterprise is asked by a person, not by the list."""

    def visible_to(self, user: Any) -> Self:
        """Return the doubts about enterprises of the person's area, for regulators only."""
        return super().visible_to(user) if may(user, "inspections.view_doubt") else self.none()


class ConductMonthQuerySet(RegionScopedQuerySet):
    """Counts by town and industry: whole towns only, so that neither a grid nor an enterprise reads them."""

    scope_fields = ScopeFields(industry="industry")
