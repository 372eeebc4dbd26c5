"""Which way to look for words: through the index when they are rare, along the order of the list when they are common.

Words that stand in a third of all rows are met at once by whoever reads the rows in order; to collect all of them from
the index and sort them takes seconds. Rare words are the other way round. A capped count tells which they are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, QuerySet, When

from listings.counting import LIMIT_OF_FOUND, up_to
from listings.paging import is_nullable
from listings.text import Words, words_of
from regions.querysets import scope_of

# The index knows the place of a row by the codes of its county and its town.
PLACE_FROM = 6
# So many rows are read to see whether words are common: a few milliseconds.
GLANCE = 2_000
# So many among them are common: more than any page shows.
ABOUND = 50
# From so many on it can be told how many there are in the whole list, if roughly.
A_SIGN = 5
# Words as long as this are rare, such as a phone number: the index is asked without a look at the rows.
LONG = 8
# Seconds for which the estimate of how long a list is may be used again.
ESTIMATE_HOLDS = 600
# An array is gathered in the order of the rows that it is given.
SEEN = """
SELECT array_agg(hit) FILTER (WHERE hit IS NOT NULL), count(*), {edge}(sorted_by)
FROM ({rows}) AS seen (hit, sorted_by)
"""


def place_of(user: Any) -> str:
    """Return the one division in which everything lies that the person may see, if the index knows it."""
    scope = scope_of(user)
    places = {entry.region for entry in scope.entries}
    if any(scope.grants.values()) or len(places) != 1:
        return ""
    place = places.pop()
    return place if len(place) >= PLACE_FROM else ""


def indexed(rows: QuerySet, field: str, words: str, user: Any) -> QuerySet:
    """Keep the rows that hold the words, found through the index."""
    return rows.filter(**{f"{field}__bigrams": Words(words, place_of(user))})


def in_order(rows: QuerySet, field: str, words: str) -> QuerySet:
    """Keep the rows that hold the words, compared one by one in the order of the list."""
    return rows.filter(**{f"{field}__holds": words})


def longest_of(words: str) -> int:
    """Return how long the longest of the words is: one of a single character is not in the index."""
    return max(map(len, words_of(words)), default=0)


def rare(rows: QuerySet, field: str, words: str, user: Any) -> list[Any] | None:
    """Return the keys of the rows in the person's place that hold the words, or None where they are many.

    Asked of the whole table and then narrowed by key: were the place a condition of its own here, PostgreSQL would
    read its hundreds of thousands of rows from another index only to cross them with these.
    """
    whole = rows.model._base_manager.all()
    keys = list(up_to(indexed(whole, field, words, user), LIMIT_OF_FOUND).values_list("pk", flat=True))
    return keys if len(keys) <= LIMIT_OF_FOUND else None


@dataclass(frozen=True)
class Found:
    """The rows that hold the words, and what is known of their number without counting them.

    `exactly` is the number itself. `at_least` is how many were met on the way, where they are too many to count while
    somebody waits; `in_place` says that this holds before any other condition. `begun` are the first of the list.
    """

    rows: QuerySet
    exactly: int | None = None
    at_least: int | None = None
    in_place: bool = False
    begun: Glance | None = None


@dataclass(frozen=True)
class Glance:
    """A look at the first rows of an ordered list: the keys of those that hold the words, and how many were looked at.

    `edge` is what the last of them is sorted by; None where that cannot be told, because rows may lack it.
    """

    keys: tuple[Any, ...]
    looked: int
    edge: Any = None

    @property
    def hits(self) -> int:
        """How many hold the words."""
        return len(self.keys)

    def first(self, rows: QuerySet, size: int) -> list[Any] | None:
        """Return the keys of the first page of the ordered rows that hold the words: what was met, and what follows it."""
        if self.hits >= size:
            return list(self.keys[:size])
        if self.edge is None:
            return None
        sort = rows.query.order_by[0]
        beyond = {f"{sort.lstrip('-')}__{'lte' if sort.startswith('-') else 'gte'}": self.edge}
        rest = rows.filter(**beyond).exclude(pk__in=self.keys).values_list("pk", flat=True)
        return [*self.keys, *rest[: size - self.hits]]


def glance(rows: QuerySet, field: str, words: str) -> Glance:
    """Look which of the first rows of an ordered list hold the words.

    To collect words as common as these from the index, only to find that they are many, costs most of a page.
    """
    hit = Case(When(**{f"{field}__holds": words}, then=F("pk")), output_field=rows.model._meta.pk)
    sort = rows.query.order_by[0]
    try:
        sql, given = (
            rows.annotate(hit=hit).values_list("hit", sort.lstrip("-"))[:GLANCE].query.sql_with_params()
        )
    except EmptyResultSet:
        return Glance((), 0)
    with connection.cursor() as cursor:
        cursor.execute(SEEN.format(rows=sql, edge="min" if sort.startswith("-") else "max"), given)
        keys, looked, edge = cursor.fetchone()
    return Glance(tuple(keys or ()), looked, None if is_nullable(rows.model, sort.lstrip("-")) else edge)


def expected(rows: QuerySet, hits: int, looked: int) -> int:
    """Return how many rows of a list hold the words, if they do so as often as among those looked at."""
    sql, given = rows.order_by().values("pk").query.sql_with_params()
    return length(sql, given, int(time.monotonic() // ESTIMATE_HOLDS)) * hits // looked


@lru_cache(maxsize=1024)
def length(sql: str, given: tuple[Any, ...], _span: int) -> int:
    """Return PostgreSQL's own estimate of the rows of a statement: to count them would take longer than the search.

    It only decides which way to look, and is asked again in every span of time.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", given)
        ((plan,),) = cursor.fetchone()
    return plan["Plan"]["Plan Rows"]


def first_of(rows: QuerySet, field: str, words: str, user: Any) -> Found:
    """Keep the rows that hold the words, for whoever wants the first few in an order that has an index."""
    in_turn = in_order(rows, field, words)
    if longest_of(words) < 2:
        return Found(in_turn)
    if rows.query.order_by and longest_of(words) < LONG:
        seen = glance(rows, field, words)
        if seen.looked < GLANCE:
            return Found(in_turn, exactly=seen.hits, begun=seen)
        # Twice as many as may be fetched by key: the index would only be asked to find that they are too many.
        if seen.hits >= ABOUND or (
            seen.hits >= A_SIGN and expected(rows, seen.hits, seen.looked) > 2 * LIMIT_OF_FOUND
        ):
            return Found(in_turn, at_least=seen.hits, begun=seen)
    keys = rare(rows, field, words, user)
    if keys is None:
        return Found(in_turn, at_least=LIMIT_OF_FOUND, in_place=True)
    return Found(rows.filter(pk__in=keys))
