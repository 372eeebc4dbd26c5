"""Which way to look for words: through the index when they are rare, along the order of the list when they are common.

Words that stand in a third of all rows are met at once by whoever reads the rows in order; to collect all of them from
the index and sort them takes seconds. Rare words are the other way round. A capped count tells which they are.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Sum, When

from listings.counting import LIMIT_OF_FOUND, up_to
from listings.text import Words
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
    somebody waits; `in_place` says that this holds before any other condition.
    """

    rows: QuerySet
    exactly: int | None = None
    at_least: int | None = None
    in_place: bool = False


def glance(rows: QuerySet, field: str, words: str) -> tuple[int, int]:
    """Return how many of the first rows of an ordered list hold the words, and how many were looked at.

    To collect words as common as these from the index, only to find that they are many, costs most of a page.
    """
    hit = Case(When(**{f"{field}__holds": words}, then=1), default=0, output_field=IntegerField())
    seen = rows.annotate(hit=hit).values("hit")[:GLANCE].aggregate(hits=Sum("hit"), looked=Count("hit"))
    return seen["hits"] or 0, seen["looked"]


def expected(rows: QuerySet, hits: int, looked: int) -> int:
    """Return how many rows of a list hold the words, if they do so as often as among those looked at.

    The length of the list is PostgreSQL's own estimate: to count it would take longer than the search.
    """
    (plan,) = json.loads(rows.order_by().values("pk").explain(format="json"))
    return plan["Plan"]["Plan Rows"] * hits // looked


def first_of(rows: QuerySet, field: str, words: str, user: Any) -> Found:
    """Keep the rows that hold the words, for whoever wants the first few in an order that has an index."""
    in_turn = in_order(rows, field, words)
    if len(words) < 2:
        return Found(in_turn)
    if rows.query.order_by and len(words) < LONG:
        hits, looked = glance(rows, field, words)
        if looked < GLANCE:
            return Found(in_turn, exactly=hits)
        # Twice as many as may be fetched by key: the index would only be asked to find that they are too many.
        if hits >= ABOUND or (hits >= A_SIGN and expected(rows, hits, looked) > 2 * LIMIT_OF_FOUND):
            return Found(in_turn, at_least=hits)
    keys = rare(rows, field, words, user)
    if keys is None:
        return Found(in_turn, at_least=LIMIT_OF_FOUND, in_place=True)
    return Found(rows.filter(pk__in=keys))
