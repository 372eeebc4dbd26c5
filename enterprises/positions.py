"""Enterprises on a map: what lies in a frame, gathered into cells by the database, and where the frame may begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from math import cos, radians
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Avg, Count, F, FloatField, IntegerField, Max, Min, Q, QuerySet, StdDev
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

# A cell is so many pixels wide on the screen, of the 256 that the world has at zoom 0.
CELL_PIXELS = 72
WORLD_PIXELS = 256
DEEPEST = 18
# So few are drawn one by one, however close they lie.
ALONE = 300
# A position wrongly typed lies far from the others; the first frame holds those within so many deviations.
DEVIATIONS = 2.5
NARROWEST = 0.01
MILLION = 1_000_000
# From so many positions on about so many of them tell where the first frame begins.
SAMPLED_FROM = 10_000
SAMPLE = 600


@dataclass(frozen=True)
class Box:
    """A frame of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> Box:
        """Read "west,south,east,north"; raises ValidationError for what is no such frame."""
        try:
            found = cls(*[float(part) for part in text.split(",")])
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Four numbers: west, south, east, north.")) from error
        if not (-180 <= found.west <= found.east <= 180 and -90 <= found.south <= found.north <= 90):
            raise ValidationError(_("Four numbers: west, south, east, north."))
        return found

    def __str__(self) -> str:
        return ",".join(f"{side:.5f}" for side in (self.west, self.south, self.east, self.north))

    def hold(self, rows: QuerySet) -> QuerySet:
        """Keep the rows that lie in the frame."""
        return rows.filter(longitude__range=(self.west, self.east), latitude__range=(self.south, self.north))


def cell_of(box: Box, zoom: int) -> tuple[float, float]:
    """Return width and height of a cell in degrees; the same at every place of one zoom and latitude."""
    wide = 360 * CELL_PIXELS / (WORLD_PIXELS * 2 ** min(max(zoom, 0), DEEPEST))
    # A degree of latitude takes more pixels, the farther north; whole degrees, so that moving the map moves no cell.
    return wide, wide * max(cos(radians(round((box.south + box.north) / 2))), 0.1)


def millionths(name: str) -> Cast:
    """Return the field in millionths of a degree, as a whole number, with which the database reckons quickest."""
    return Cast(F(name) * MILLION, IntegerField())


# Put apart by OFFSET, so that each position is made a whole number once, not in every aggregate.
CELLS = """
SELECT count(*), round(avg(lat)), round(avg(lng)), min(lat), min(lng), max(lat), max(lng)
FROM ({positions} OFFSET 0) AS position (lng, lat)
GROUP BY floor(lng::float8 / %s), floor(lat::float8 / %s)
"""


@dataclass(frozen=True)
class Cell:
    """A cell of the frame: how many enterprises lie in it, their middle, their bounds."""

    n: int
    lat: Decimal
    lng: Decimal
    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal


def clusters(rows: QuerySet, box: Box, zoom: int) -> list[Cell]:
    """Return the cells of the frame that hold enterprises.

    Only place and position are read: without a condition, or under the commonest, the index of the map answers, and no
    row is fetched.
    """
    wide, high = cell_of(box, zoom)
    held = box.hold(rows).order_by()
    try:
        sql, given = held.values_list(millionths("longitude"), millionths("latitude")).query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(CELLS.format(positions=sql), [*given, wide * MILLION, high * MILLION])
        found = cursor.fetchall()
    return [Cell(n, *(Decimal(int(number)) / MILLION for number in numbers)) for n, *numbers in found]


def lonely(rows: QuerySet, cells: list[Cell]) -> QuerySet:
    """Return the enterprises of cells that hold a single one, which stands in the corner of its bounds."""
    corners = [Q(longitude=cell.west, latitude=cell.south) for cell in cells]
    return rows.filter(reduce(or_, corners)) if corners else rows.none()


def in_frame(rows: QuerySet, box: Box, zoom: int) -> dict[str, Any]:
    """Return what the map draws: cells of several enterprises, and those that stand alone."""
    found = clusters(rows, box, zoom)
    total = sum(cell.n for cell in found)
    if total <= ALONE:
        alone, found = box.hold(rows), []
    else:
        alone = lonely(rows, [cell for cell in found if cell.n == 1])
        found = [cell for cell in found if cell.n > 1]
    named = alone.order_by("pk").values_list("pk", "name", "latitude", "longitude", "operating_status")
    return {
        "total": total,
        "cells": [
            {
                "n": cell.n,
                "at": [float(cell.lat), float(cell.lng)],
                "box": [float(side) for side in (cell.south, cell.west, cell.north, cell.east)],
            }
            for cell in found
        ],
        "points": [
            {"id": pk, "name": name, "at": [float(lat), float(lng)], "status": status}
            for pk, name, lat, lng, status in named
        ],
    }


@dataclass(frozen=True)
class Share:
    """One division of the map: how many enterprises, how many of them with a position."""

    code: str
    count: int
    placed: int


def by_division(rows: QuerySet, column: str) -> tuple[list[Share], Box | None]:
    """Return the divisions with their numbers, by one query, and the frame that holds nearly all positions, by another."""
    found = rows.order_by().values(column).annotate(n=Count("*"), placed=Count("latitude")).order_by(column)
    shares = [Share(code, n, placed) for code, n, placed in found.values_list(column, "n", "placed")]
    return shares, reach(rows, column, sum(share.placed for share in shares))


def reach(rows: QuerySet, column: str, placed: int) -> Box | None:
    """Return the frame that holds nearly all of the positions, those far off in their division left out.

    Of tens of thousands a sample tells it: to take the deviation of each would be most of the page's time.
    """
    if not placed:
        return None
    bounds = rows.order_by().filter(latitude__isnull=False, longitude__isnull=False)
    bounds = bounds.values(column).annotate(
        **{f"{name}_{word}": way(name) for name in ("longitude", "latitude") for word, way in WAYS.items()}
    )
    names = [f"{name}_{word}" for name in ("longitude", "latitude") for word in WAYS]
    sql, given = bounds.values_list(*names).query.sql_with_params()
    if placed > SAMPLED_FROM:
        table = connection.ops.quote_name(rows.model._meta.db_table)
        sampled = f"FROM {table} TABLESAMPLE SYSTEM ({100 * SAMPLE / placed:.4f}) REPEATABLE (1)"
        sql = sql.replace(f"FROM {table}", sampled, 1)
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        told = [tuple(map(float, numbers)) for numbers in cursor.fetchall()]
    if not told:
        return None
    west, east = span(numbers[:4] for numbers in told)
    south, north = span(numbers[4:] for numbers in told)
    return Box(west, south, east, north)


def middle(name: str) -> Avg:
    """Return the mean of a field, as a plain number: the database then reckons it along with the deviation."""
    return Avg(Cast(name, FloatField()))


def spread(name: str) -> StdDev:
    """Return the deviation of a field; of plain numbers it is reckoned far quicker than of decimals."""
    return StdDev(Cast(name, FloatField()))


WAYS = {"low": Min, "high": Max, "mid": middle, "spread": spread}


def span(divisions: Iterable[tuple[float, ...]]) -> tuple[float, float]:
    """Return from where to where the positions of the divisions reach, those far off left out."""
    lows, highs = [], []
    for low, high, mid, deviation in divisions:
        beyond = max(DEVIATIONS * deviation, NARROWEST)
        lows.append(max(low, mid - beyond))
        highs.append(min(high, mid + beyond))
    return min(lows) - NARROWEST, max(highs) + NARROWEST
