"""Which enterprises: row filters that read as a sentence."""

from typing import Self

from enterprises.choices import ENDED
from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields


class EnterpriseQuerySet(RegionScopedQuerySet):
    """Enterprises, visible by place, by industry, or as one's own."""

    scope_fields = ScopeFields(industry="regulatory_category", enterprise="pk", grid="grid_id")

    def active(self) -> Self:
        """Leave out enterprises that have ended: they owe nothing any more."""
        return self.exclude(operating_status__in=ENDED)

    def named_like(self, words: str) -> Self:
        """Keep those whose name or code contains the words, two characters or more."""
        return self.filter(search_text__bigrams=words)
