"""Which entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from accounts.services import may

if TYPE_CHECKING:
    from accounts.models import User


class EntryQuerySet(QuerySet):
    """Entries of the record."""

    def visible_to(self, user: User) -> Self:
        """Return all of them to the auditor, who reads the record as a whole, and none to anybody else.

        Others read what happened to a record on its own page.
        """
        return self.all() if may(user, "audit.view_entry") else self.none()

    def about(self, obj: Model) -> Self:
        """Entries about one record."""
        return self.filter(target_type=ContentType.objects.get_for_model(obj), target_id=obj.pk)
