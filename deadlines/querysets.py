"""Which deadlines: row filters that read as a sentence."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class DeadlineQuerySet(RegionScopedQuerySet):
    """Deadlines, seen by those who see their targets: place, industry, enterprise and grid are copied."""

    scope_fields = ScopeFields(industry="industry", enterprise="enterprise_id", grid="grid_code")

    def open(self) -> Self:
        """Keep what is still owed, late or not."""
        return self.filter(settled_at__isnull=True)

    def overdue(self, at: datetime) -> Self:
        """Keep what is still owed although its moment has passed; a paused clock is not late."""
        return self.open().exclude(state="paused").filter(due_at__lte=at)

    def of(self, target: Model) -> Self:
        """Keep the deadlines of one record."""
        return self.of_all([target])

    def of_all(self, targets: Iterable[Model]) -> Self:
        """Keep the deadlines of these records, which are all of one model."""
        rows = list(targets)
        if not rows:
            return self.none()
        kind = ContentType.objects.get_for_model(rows[0])
        return self.filter(target_type=kind, target_id__in=[row.pk for row in rows])

    def ripe(self, at: datetime) -> Self:
        """Keep rows for which something has come due, except those that are waiting after a failure."""
        return self.filter(next_at__lte=at).filter(Q(retry_at=None) | Q(retry_at__lte=at)).order_by("next_at")


class DeadlineRecordQuerySet(RegionScopedQuerySet):
    """Rows that belong to a deadline and are seen by those who see it."""

    scope_fields = ScopeFields(
        prefix="deadline__",
        industry="deadline__industry",
        enterprise="deadline__enterprise_id",
        grid="deadline__grid_code",
    )
