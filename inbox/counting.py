"""Many counts in one query, each read only as far as it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# A home page says "10,000+" beyond this; the list behind the figure counts exactly.
CAP = 10_000


def counts(querysets: Sequence[QuerySet], cap: int = CAP) -> list[int]:
    """Return the number of rows of each queryset, at most `cap` + 1, by one query for all of them."""
    parts, params = [], []
    for queryset in querysets:
        try:
            sql, values = queryset.order_by().values("pk")[: cap + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        # Both come from the ORM's own compiler; values stay parameters.
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608
        params.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return list(cursor.fetchone())
