"""Which messages a person sees."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from accounts.roles import Role
from regions.querysets import RegionScopedQuerySet, scope_of
from regions.scope import ScopeFields


class MessageQuerySet(QuerySet):
    """Messages are private: a person sees their own, whatever their post."""

    def visible_to(self, user: Any) -> Self:
        """Rows addressed to this person; none for a visitor who is not signed in."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(user=user)

    def unread(self) -> Self:
        """Rows that were not opened yet."""
        return self.filter(read_at=None)


class DeliveryQuerySet(RegionScopedQuerySet):
    """Text messages lie where the record lies that they are about."""

    scope_fields = ScopeFields()

    def visible_to(self, user: Any) -> Self:
        """Messages in the person's places; an administrator of the whole system looks after all of them."""
        if any(entry.role == Role.ADMIN and not any(entry.parts) for entry in scope_of(user).entries):
            return self.all()
        return super().visible_to(user)
