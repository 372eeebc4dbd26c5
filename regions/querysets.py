"""Rows that a person may see. Every list, page, count, export and search begins here."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from regions.scope import Scope, ScopeFields, condition


def scope_of(user: Any) -> Scope:
    """What this person holds today; nothing for a visitor or a closed account."""
    if user is None or not getattr(user, "is_active", False):
        return Scope.NONE
    return getattr(user, "scope", Scope.NONE)


class RegionScopedQuerySet(QuerySet):
    """A queryset that knows where its model keeps place, industry, enterprise and grid."""

    scope_fields: ClassVar[ScopeFields] = ScopeFields()

    def visible_to(self, user: Any) -> Self:
        """Rows inside any of the person's posts, or granted to them one by one."""
        where = condition(scope_of(user), self.scope_fields, self.model)
        return self.none() if where is None else self.filter(where)


class GridQuerySet(RegionScopedQuerySet):
    """Grids lie in a division; a grid worker's own grid is the row itself."""

    scope_fields = ScopeFields(grid="code")


class RegionQuerySet(QuerySet):
    """Divisions. Names of places are public; `visible_to` narrows what a picker offers."""

    def visible_to(self, user: Any) -> Self:
        """Divisions inside the regions of the person's posts, whatever industry the post is for."""
        held = {entry.region for entry in scope_of(user).entries if entry.region}
        where = Q()
        for code in sorted(held):
            where |= Q(code__startswith=code)
        return self.filter(where) if held else self.none()

    def within(self, code: str) -> Self:
        """The division itself and all below it."""
        return self.filter(code__startswith=code)

    def current(self) -> Self:
        """Leave out divisions that are another one today, though records may still lie in them."""
        # The table of former divisions refers to this one, and is made after it.
        former = self.model._meta.get_field("former").related_model.objects
        gone = former.filter(
            code__in=[Left(OuterRef("code"), 6), Left(OuterRef("code"), 9), OuterRef("code")]
        )
        return self.exclude(Exists(gone.exclude(successor=OuterRef("code"))))

    def matching(self, text: str) -> Self:
        """Divisions whose code, or former code, begins with the text, or whose name, or former name, holds it."""
        former = self.model._meta.get_field("former").related_model.objects
        before = former.filter(Q(code__startswith=text) | Q(name__icontains=text)).values("successor")
        return self.filter(Q(code__startswith=text) | Q(name__icontains=text) | Q(pk__in=before))
