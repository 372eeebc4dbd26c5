"""Counts that stay quick: exact up to a limit, then 10,000+, or 3,000+ under conditions that no index answers alone."""

from collections.abc import Collection, Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

LIMIT = 10_000
# Under a condition each row counted is a row read, not only its place in an index.
LIMIT_OF_SOME = 3_000
# Under words each of them must be fetched from the table first.
LIMIT_OF_FOUND = 1_000


def capped(rows: QuerySet, limit: int | None = None) -> int:
    """Return the number of rows, or one more than the limit where there are more; reads no more than that."""
    return up_to(rows, LIMIT if limit is None else limit).count()


def up_to(rows: QuerySet, limit: int) -> QuerySet:
    """Return the keys of at most one row more than the limit, in any order."""
    return rows.order_by().values("pk")[: limit + 1]


def limit_for(conditions: Collection[str], *, is_placed: bool = True) -> int:
    """Return how far a list under these conditions is counted; `q` are words.

    Of rows that are not placed themselves, each must be looked up in the table that knows its place.
    """
    if "q" in conditions or not is_placed:
        return min(LIMIT, LIMIT_OF_FOUND)
    return min(LIMIT, LIMIT_OF_SOME) if conditions else LIMIT


def capped_each(lists: Sequence[QuerySet], limits: Sequence[int] | None = None) -> list[int]:
    """Return the capped number of rows of each list, all in one statement."""
    parts, params, empty = [], [], set()
    for number, (rows, limit) in enumerate(zip(lists, limits or [LIMIT] * len(lists), strict=True)):
        try:
            sql, given = up_to(rows, limit).query.sql_with_params()
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
