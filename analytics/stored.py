"""Reading the stored counts of a person's area, and the few rows that they do not cover."""

from collections.abc import Iterable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from analytics.models import OF_A_MONTH, Grain, Kind, Snapshot, StoredCount
from hazards.models import Hazard
from listings.counting import capped
from regions.scope import Scope, ScopeEntry, condition

# So many rows are counted faster than a person notices: their figures are always those of now.
MOST_LIVE = 5_000
GRAIN_OF = {"county_code": Grain.COUNTY, "town_code": Grain.TOWN, "region_id": Grain.VILLAGE}
LONGEST_PLACE = 9
# Kept by town at the finest: nobody reads months by village.
MONTHLY = frozenset({Kind.FOUND, Kind.CLOSED, Kind.DUE})


def snapshot_for(user: User) -> Snapshot | None:
    """Return what the figures of a large area are read from; None where counting the rows themselves is quick."""
    if capped(Hazard.objects.visible_to(user), MOST_LIVE) <= MOST_LIVE:
        return None
    return Snapshot.objects.first()


def is_covered(entry: ScopeEntry) -> bool:
    """Say whether the stored counts hold everything that a post shows: they know towns, villages and industries."""
    return not entry.enterprise_id and not entry.grid and len(entry.region) <= LONGEST_PLACE


def beyond(user: User) -> QuerySet | None:
    """Return the hazards that the person sees though no stored count of theirs holds them: a grid's, single ones.

    None where the posts and grants of the person say that there cannot be any.
    """
    entries, fields = user.scope.entries, Hazard.objects.all().scope_fields
    others = Scope(tuple(entry for entry in entries if not is_covered(entry)), user.scope.grants)
    covered = Scope(tuple(entry for entry in entries if is_covered(entry)), MappingProxyType({}))
    where, known = condition(others, fields, Hazard), condition(covered, fields, Hazard)
    if where is None:
        return None
    return Hazard.objects.filter(where & ~(known or Q(pk__in=[])))


def rows(user: User, snapshot: Snapshot, *kinds: Kind, column: str = "county_code") -> QuerySet:
    """Return the cells of the person's area, fine enough for their posts and for the column asked for."""
    posts = [grain_of(entry) for entry in user.scope.entries if is_covered(entry)]
    fine = max([GRAIN_OF[column], *posts], key=list(Grain).index)
    if fine == Grain.VILLAGE and MONTHLY & set(kinds):
        fine = Grain.TOWN
    return StoredCount.objects.visible_to(user).filter(snapshot=snapshot, kind__in=kinds, grain=fine)


def grain_of(entry: ScopeEntry) -> Grain:
    """Return the level whose rows a post can be read from: the one below its own."""
    return {6: Grain.TOWN, 9: Grain.VILLAGE}.get(len(entry.region), Grain.COUNTY)


def sums(found: QuerySet, by: Iterable[str], numbers: Iterable[str]) -> Iterator[tuple[list[Any], list[int]]]:
    """Return the parts of the cells by some of their columns, each with its numbers."""
    by, numbers = list(by), list(numbers)
    totals = {f"sum_{name}": Sum(name, default=0) for name in numbers}
    for values in found.order_by().values_list(*by).annotate(**totals):
        yield list(values[: len(by)]), list(values[len(by) :])


def enterprises(user: User, snapshot: Snapshot) -> int:
    """Return how many enterprises of the area are under supervision."""
    cells = rows(user, snapshot, Kind.ENTERPRISES)
    return cells.aggregate(n=Sum("n_enterprises", default=0))["n"]


def months(user: User, snapshot: Snapshot) -> Iterator[tuple[str, date, int, int]]:
    """Return (flow, month, count, of these in time) of the area."""
    cells = rows(user, snapshot, *MONTHLY)
    for (kind, month), numbers in sums(cells, ("kind", "month"), (f"n_{code}" for code in OF_A_MONTH)):
        counts = dict(zip(OF_A_MONTH, numbers, strict=True))
        yield kind, month, counts[kind], counts["in_time"]
