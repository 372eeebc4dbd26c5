"""Which enterprises: row filters that read as a sentence."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from enterprises.choices import ENDED, OUT_OF_SIGHT, STOPPED
from regions.querysets import RegionScopedQuerySet, scope_of
from regions.scope import ScopeFields


class EnterpriseQuerySet(RegionScopedQuerySet):
    """Enterprises, visible by place, by industry, or as one's own."""

    scope_fields = ScopeFields(industry="regulatory_category", enterprise="pk", grid="grid_id")

    def active(self) -> Self:
        """Leave out enterprises that have ended: they owe nothing any more."""
        return self.exclude(operating_status__in=ENDED)

    def in_supervision(self) -> Self:
        """Leave out enterprises that have ended and those that nobody can find."""
        return self.exclude(operating_status__in=OUT_OF_SIGHT)

    def counts_for_scoring(self, on: date) -> Self:
        """Keep those that owe self-checks on the day, and so stand in the denominators of scoring.

        A stop counts only while the town has seen it on site and the next look is not overdue (handbook §18 row 18).
        """
        seen_at_rest = Q(operating_status__in=STOPPED, stop_checked_until__gte=on)
        return self.in_supervision().exclude(operating_status="construction").exclude(seen_at_rest)

    def named_like(self, words: str) -> Self:
        """Keep those whose name, former name or code contains the words, two characters or more."""
        named = Q(name__holds=words) | Q(former_name__holds=words) | Q(uscc__holds=words)
        return self.filter(named, search_text__bigrams=words)


class EnterprisePartQuerySet(RegionScopedQuerySet):
    """Rows that belong to an enterprise: seen by whoever sees the enterprise."""

    scope_fields = ScopeFields(
        prefix="enterprise__",
        industry="enterprise__regulatory_category",
        enterprise="enterprise_id",
        grid="enterprise__grid_id",
    )


class TransferQuerySet(RegionScopedQuerySet):
    """Files asked to be handed over. Decided by the receiving place, read on both sides (handbook §2.4)."""

    def visible_to(self, user: Any) -> Self:
        """Transfers into the person's area, of enterprises in it, and those that left it."""
        theirs = EnterprisePartQuerySet(self.model).visible_to(user).values("pk")
        where = Q(pk__in=super().visible_to(user).values("pk")) | Q(pk__in=theirs)
        for entry in scope_of(user).entries:
            if entry.region and not (entry.industry or entry.enterprise_id or entry.grid):
                where |= Q(from_region__code__startswith=entry.region)
        return self.filter(where)
