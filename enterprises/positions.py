"""Enterprises on a map: what lies in a frame, gathered into cells by the database, and where the frame may begin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import cos, radians
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, FloatField, Max, Min, Q, QuerySet, StdDev
from django.db.models.functions import Cast, Floor
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


def number(name: str) -> Any:
    """Return the field as a plain number, with which the database reckons far quicker than with a decimal."""
    return Cast(name, FloatField())


def clusters(rows: QuerySet, box: Box, zoom: int) -> list[dict[str, Any]]:
    """Return the cells of the frame that hold enterprises: how many, their middle, their bounds.

    Only place and position are read: without a condition the index of the map answers, and no row is fetched.
    """
    wide, high = cell_of(box, zoom)
    cells = box.hold(rows).annotate(
        column=Floor(number("longitude") / wide), row=Floor(number("latitude") / high)
    )
    return list(
        cells.order_by()
        .values("column", "row")
        .annotate(
            n=Count("*"),
            lat=Avg("latitude"),
            lng=Avg("longitude"),
            south=Min("latitude"),
            west=Min("longitude"),
            north=Max("latitude"),
            east=Max("longitude"),
        )
        .values("n", "lat", "lng", "south", "west", "north", "east")
    )


def lonely(rows: QuerySet, cells: list[dict[str, Any]]) -> QuerySet:
    """Return the enterprises of cells that hold a single one, which stands in the corner of its bounds."""
    corners = [Q(longitude=cell["west"], latitude=cell["south"]) for cell in cells]
    return rows.filter(reduce(or_, corners)) if corners else rows.none()


def in_frame(rows: QuerySet, box: Box, zoom: int) -> dict[str, Any]:
    """Return what the map draws: cells of several enterprises, and those that stand alone."""
    found = clusters(rows, box, zoom)
    total = sum(cell["n"] for cell in found)
    if total <= ALONE:
        alone, found = box.hold(rows), []
    else:
        alone = lonely(rows, [cell for cell in found if cell["n"] == 1])
        found = [cell for cell in found if cell["n"] > 1]
    named = alone.order_by("pk").values_list("pk", "name", "latitude", "longitude", "operating_status")
    return {
        "total": total,
        "cells": [
            {
                "n": cell["n"],
                "at": [float(cell["lat"]), float(cell["lng"])],
                "box": [float(cell[side]) for side in ("south", "west", "north", "east")],
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
    """Return the divisions with their numbers, and the frame that holds nearly all positions: one grouped query."""
    found = list(
        rows.order_by()
        .values(column)
        .annotate(
            n=Count("*"),
            placed=Count("latitude"),
            **{
                f"{name}_{word}": way(name)
                for name in ("longitude", "latitude")
                for word, way in WAYS.items()
            },
        )
        .order_by(column)
    )
    shares = [Share(row[column], row["n"], row["placed"]) for row in found]
    placed = [row for row in found if row["placed"] and row["longitude_mid"] is not None]
    if not placed:
        return shares, None
    west, east = reach(placed, "longitude")
    south, north = reach(placed, "latitude")
    return shares, Box(west, south, east, north)


def middle(name: str) -> Avg:
    """Return the mean of a field, as a plain number: the database then reckons it along with the deviation."""
    return Avg(number(name))


def spread(name: str) -> StdDev:
    """Return the deviation of a field; of plain numbers it is reckoned far quicker than of decimals."""
    return StdDev(number(name))


WAYS = {"low": Min, "high": Max, "mid": middle, "spread": spread}


def reach(rows: list[dict[str, Any]], name: str) -> tuple[float, float]:
    """Return from where to where the positions reach, those far off left out."""
    lows, highs = [], []
    for row in rows:
        low, high, mid = (float(row[f"{name}_{word}"]) for word in ("low", "high", "mid"))
        beyond = max(DEVIATIONS * (row[f"{name}_spread"] or 0), NARROWEST)
        lows.append(max(low, mid - beyond))
        highs.append(min(high, mid + beyond))
    return min(lows) - NARROWEST, max(highs) + NARROWEST
