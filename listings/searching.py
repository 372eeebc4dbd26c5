"""Which way to look for words: through the index when they are rare, along the order of the list when they are common.

Words that stand in a third of all rows are met at once by whoever reads the rows in order; to collect all of them from
the index and sort them takes seconds. Rare words are the other way round. A capped count tells which they are.
"""

from typing import Any

from django.db.models import QuerySet

from listings.counting import LIMIT_OF_FOUND, up_to
from listings.text import Words
from regions.querysets import scope_of

# The index knows the place of a row by the codes of its county and its town.
PLACE_FROM = 6


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


def first_of(rows: QuerySet, field: str, words: str, user: Any) -> tuple[QuerySet, bool]:
    """Keep the rows that hold the words, for whoever wants the first few in an order that has an index.

    Also says whether the words are common, that is, in more rows of the person's place than a page counts.
    """
    keys = rare(rows, field, words, user) if len(words) > 1 else None
    return (
        (in_order(rows, field, words), len(words) > 1) if keys is None else (rows.filter(pk__in=keys), False)
    )
