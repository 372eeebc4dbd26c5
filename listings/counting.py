"""Counts that stay quick: exact up to a limit, then 10,000+."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

LIMIT = 10_000


def capped(rows: QuerySet) -> int:
    """Return the number of rows, or LIMIT + 1 where there are more; reads no more than that."""
    return rows.order_by().values("pk")[: LIMIT + 1].count()


def capped_each(lists: Sequence[QuerySet]) -> list[int]:
    """Return the capped number of rows of each list, all in one statement."""
    parts, params, empty = [], [], set()
    for number, rows in enumerate(lists):
        try:
            sql, given = rows.order_by().values("pk")[: LIMIT + 1].query.sql_with_params()
        except EmptyResultSet:
            empty.add(number)
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django's own SQL
        params.extend(given)
    if not parts:
        return [0] * len(lists)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        counts = iter(cursor.fetchone())
    return [0 if number in empty else next(counts) for number in range(len(lists))]


def in_figures(count: int, limit: int = LIMIT) -> str:
    """Write 1,284, or 10,000+ beyond the limit."""
    return f"{intcomma(limit)}+" if count > limit else str(intcomma(count))
