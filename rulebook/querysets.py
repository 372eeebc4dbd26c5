"""Which rows of the rulebook held on a day."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from regions.codes import prefixes


class ArticleQuerySet(QuerySet):
    """Articles, each with the days on which its text was the law."""

    def valid_on(self, on: date) -> Self:
        """The text as it stood on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )


class ParameterQuerySet(QuerySet):
    """Numbers of the rulebook; a withdrawn row stays on record and answers nothing."""

    def live(self) -> Self:
        """Rows that were not withdrawn as mistaken."""
        return self.filter(withdrawn_at__isnull=True)

    def valid_on(self, on: date) -> Self:
        """Live rows that hold on that day."""
        open_or_later = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
        return self.live().filter(open_or_later, effective_from__lte=on)

    def applying_in(self, region: str) -> Self:
        """Rows of every jurisdiction that contains the place, the most specific first; in each those for a class first."""
        places = ["", *prefixes(region)]
        return self.filter(jurisdiction__in=places).order_by(
            Length("jurisdiction").desc(), Length("code").desc()
        )

    def unconfirmed(self) -> Self:
        """Rows that the legal section must still confirm."""
        return self.live().filter(mark__in=self.model.UNCONFIRMED_MARKS)
