"""Counts that stay quick: exact up to a limit, then 10,000+."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet

LIMIT = 10_000


def capped(rows: QuerySet) -> int:
    """Return the number of rows, or LIMIT + 1 where there are more; reads no more than that."""
    return rows.order_by().values("pk")[: LIMIT + 1].count()


def in_figures(count: int, limit: int = LIMIT) -> str:
    """Write 1,284, or 10,000+ beyond the limit."""
    return f"{intcomma(limit)}+" if count > limit else str(intcomma(count))
