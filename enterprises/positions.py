"""Enterprises on a map: what lies in a frame, gathered into cells by the database, and where the frame may begin."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, FloatField, Max, Min, QuerySet, StdDev
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
    """Return the cells of the frame that hold enterprises: how many, their middle, their bounds, one of them."""
    wide, high = cell_of(box, zoom)
    cells = box.hold(rows).annotate(
        column=Floor(number("longitude") / wide), row=Floor(number("latitude") / high)
    )
    return list(
        cells.order_by()
        .values("column", "row")
        .annotate(
            n=Count("pk"),
            lat=Avg(number("latitude")),
            lng=Avg(number("longitude")),
            south=Min(number("latitude")),
            west=Min(number("longitude")),
            north=Max(number("latitude")),
            east=Max(number("longitude")),
            one=Min("pk"),
        )
        .values("n", "lat", "lng", "south", "west", "north", "east", "one")
    )


def in_frame(rows: QuerySet, box: Box, zoom: int) -> dict[str, Any]:
    """Return what the map draws: cells of several enterprises, and those that stand alone."""
    found = clusters(rows, box, zoom)
    total = sum(cell["n"] for cell in found)
    if total <= ALONE:
        alone, found = box.hold(rows), []
    else:
        keys = [cell["one"] for cell in found if cell["n"] == 1]
        alone, found = rows.model._default_manager.filter(pk__in=keys), [c for c in found if c["n"] > 1]
    named = alone.order_by("pk").values_list("pk", "name", "latitude", "longitude", "operating_status")
    return {
        "total": total,
        "cells": [
            {
                "n": cell["n"],
                "at": [cell["lat"], cell["lng"]],
                "box": [cell["south"], cell["west"], cell["north"], cell["east"]],
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
    sides = {name: number(name) for name in ("longitude", "latitude")}
    found = list(
        rows.order_by()
        .values(column)
        .annotate(
            n=Count("pk"),
            placed=Count("latitude"),
            **{f"{name}_{word}": way(side) for name, side in sides.items() for word, way in WAYS.items()},
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


WAYS = {"low": Min, "high": Max, "mid": Avg, "spread": StdDev}


def reach(rows: list[dict[str, Any]], name: str) -> tuple[float, float]:
    """Return from where to where the positions reach, those far off left out."""
    lows, highs = [], []
    for row in rows:
        spread = max(DEVIATIONS * (row[f"{name}_spread"] or 0), NARROWEST)
        lows.append(max(row[f"{name}_low"], row[f"{name}_mid"] - spread))
        highs.append(min(row[f"{name}_high"], row[f"{name}_mid"] + spread))
    return min(lows) - NARROWEST, max(highs) + NARROWEST
