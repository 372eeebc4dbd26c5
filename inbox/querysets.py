"""Which messages a person sees."""

from __future__ import annotations

import re
from typing import Any, Self

from django.db.models import Q, QuerySet

from accounts.roles import Role
from inbox.keys import phone_key
from regions.querysets import RegionScopedQuerySet, scope_of
from regions.scope import ScopeFields

# A log of years is not read to its end while somebody waits.
LOOKED_THROUGH = 20_000
SHORTEST_NUMBER = 7


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

    def about(self, words: str) -> Self:
        """Keep messages with the words in their text or the receiver's name, among the newest that are looked through.

        Numbers are encrypted, so one is found only as a whole: whoever it belongs to.
        """
        if (digits := re.sub(r"[\s-]", "", words)).isdecimal() and len(digits) >= SHORTEST_NUMBER:
            return self.filter(Q(recipient=phone_key(digits)) | Q(user__phone=digits))
        newest = self.order_by("-at", "-pk").values("pk")[:LOOKED_THROUGH]
        found = Q(text__icontains=words) | Q(recipient_name__icontains=words)
        return self.filter(found, pk__in=newest)
