"""Counting everything anew, in sets: rows in the database become rows in the database."""

from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.utils.timezone import localdate

from analytics.models import OF_A_MONTH, Grain, Kind, Snapshot, StoredCount
from enterprises.models import Enterprise
from hazards.measures import TALLIES, month_of
from hazards.models import Hazard
from hazards.periods import Period

# Counting takes at most a twentieth of the time, and is done at most once a minute.
AT_MOST_EVERY = timedelta(minutes=1)
SHARE = 20
# Whoever reads while a new snapshot is made goes on reading the one before it.
KEPT = 2
LOCK = 370_500
AXES = ("industry", "grade", "level_in_charge", "source")
TABLE = StoredCount._meta.db_table
NUMBERS = [field.column for field in StoredCount._meta.concrete_fields if field.column[:2] in {"n_", "m_"}]


def refresh_if_due(*, at: datetime) -> Snapshot | None:
    """Count anew unless the newest snapshot is young for the work it takes; return the new one."""
    newest = Snapshot.objects.first()
    if newest and at - newest.taken_at < max(AT_MOST_EVERY, timedelta(seconds=SHARE * newest.seconds)):
        return None
    return refresh(at=at)


@transaction.atomic
def refresh(*, at: datetime) -> Snapshot | None:
    """Count everything as of now and drop what is older than the snapshot before; None where another is at it."""
    if not locked():
        return None
    begun = perf_counter()
    snapshot = Snapshot.objects.create(taken_at=at)
    count_hazards(snapshot, localdate(at))
    store(snapshot, Kind.ENTERPRISES, Grain.VILLAGE, enterprises())
    for kind in (Kind.STANDING, Kind.ENTERPRISES):
        roll_up(snapshot, kind, Grain.VILLAGE, Grain.TOWN)
    for kind in Kind:
        roll_up(snapshot, kind, Grain.TOWN, Grain.COUNTY)
    Snapshot.objects.filter(pk=snapshot.pk).update(seconds=perf_counter() - begun)
    snapshot.refresh_from_db()
    drop_old()
    return snapshot


def locked() -> bool:
    """Take the lock of counting until the transaction ends; say whether it was free.

    Groups are gathered in memory: sorting millions of rows on disk first takes several times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem TO '128MB'")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def count_hazards(snapshot: Snapshot, today: Any) -> None:
    """Store the hazards by what they are now, and by the months of what happened to them."""
    year, month = Period.year_to(today), Period.month(today, today=today)
    rows = Hazard.objects.order_by().annotate(industry=F("enterprise__regulatory_category"))
    counts = tallies(year, TALLIES, "n") | tallies(month, OF_A_MONTH, "m")
    store(snapshot, Kind.STANDING, Grain.VILLAGE, rows.values("region_id", *AXES).annotate(**counts))
    found = rows.annotate(month=month_of("found_at")).values("town_code", "industry", "month")
    store(snapshot, Kind.FOUND, Grain.TOWN, found.annotate(**counts))
    for kind, field, codes in (
        (Kind.CLOSED, "closed_at", ("closed",)),
        (Kind.DUE, "deadline_on", ("due", "in_time")),
    ):
        those = rows.filter(TALLIES[codes[0]].condition(year)).annotate(month=month_of(field))
        grouped = those.values("town_code", "industry", "month")
        store(snapshot, kind, Grain.TOWN, grouped.annotate(**tallies(year, codes, "n")))


def tallies(period: Period, codes: Any, prefix: str) -> dict[str, Count]:
    """Return the tallies over a period as aggregates."""
    return {f"{prefix}_{code}": Count("pk", filter=TALLIES[code].condition(period)) for code in codes}


def enterprises() -> QuerySet:
    """Return the enterprises under supervision by village and industry."""
    rows = Enterprise.objects.active().order_by().annotate(industry=F("regulatory_category"))
    return rows.values("region_id", "industry").annotate(n_enterprises=Count("pk"))


def store(snapshot: Snapshot, kind: Kind, grain: Grain, rows: QuerySet) -> None:
    """Write grouped rows into the snapshot; the first of their names is the place, the others are our columns."""
    sql, params = rows.query.sql_with_params()
    place, *names = rows.query.selected
    columns, values = ", ".join(names), ", ".join(f"counted.{name}" for name in (place, *names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (snapshot_id, kind, grain, region_id, {columns}) "  # noqa: S608 - our own names
            f"SELECT %s, %s, %s, {values} FROM ({sql}) AS counted",
            [snapshot.pk, kind.value, grain.value, *params],
        )


def roll_up(snapshot: Snapshot, kind: Kind, fine: Grain, coarse: Grain) -> None:
    """Write the sums of a finer level as rows of the level above it."""
    place = {Grain.TOWN: "town_code", Grain.COUNTY: "county_code"}[coarse]
    axes = f"{', '.join(AXES)}, month"
    sums = ", ".join(f"sum({name})" for name in NUMBERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (snapshot_id, kind, grain, region_id, {axes}, {', '.join(NUMBERS)}) "  # noqa: S608
            f"SELECT snapshot_id, kind, %s, {place}, {axes}, {sums} FROM {TABLE} "
            f"WHERE snapshot_id = %s AND kind = %s AND grain = %s GROUP BY snapshot_id, kind, {place}, {axes}",
            [coarse.value, snapshot.pk, kind.value, fine.value],
        )


def drop_old() -> None:
    """Remove the snapshots that nobody reads any more."""
    kept = list(Snapshot.objects.values_list("pk", flat=True)[:KEPT])
    StoredCount.objects.exclude(snapshot__in=kept)._raw_delete(connection.alias)
    Snapshot.objects.exclude(pk__in=kept)._raw_delete(connection.alias)
