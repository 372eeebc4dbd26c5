"""Asking the database for one kind of doubt, with the numbers of the rulebook that hold in each place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils.timezone import get_default_timezone, get_default_timezone_name

from hazards.choices import FOUND_BY_ENTERPRISE
from inspections.kinds import VisitKind
from rulebook.places import Places, Reading, whole

# What the column holds.
HEAVIEST = 32_000


@dataclass(frozen=True)
class Found:
    """What a statement found about one enterprise."""

    enterprise: int
    key: str
    day: date
    weight: int
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """A number of the rulebook in a statement: `{name}` is written as what holds where the rows of `alias` lie."""

    name: str
    code: str
    alias: str
    read: Reading = whole


def midnight(day: date) -> datetime:
    """Return the first moment of a day by the local clock."""
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def ask(sql: str, since: date, today: date, *marks: Mark, **params: Any) -> list[Found]:
    """Ask the database; every statement knows the window, the sources of enterprises and the local clock."""
    with connection.cursor() as cursor:
        cursor.execute(*statement(sql, since, today, *marks, **params))
        return [
            Found(enterprise, key, day, min(weight, HEAVIEST), as_json(evidence))
            for enterprise, key, day, weight, evidence in cursor.fetchall()
        ]


def statement(sql: str, since: date, today: date, *marks: Mark, **params: Any) -> tuple[str, dict[str, Any]]:
    """Return the statement with its numbers written in, and its parameters."""
    numbers = Places([mark.code for mark in marks], today)
    words: dict[str, str] = {}
    values = {
        "since": midnight(since),
        "today": today,
        "own": sorted(map(str, FOUND_BY_ENTERPRISE)),
        "self_check": VisitKind.SELF_CHECK.value,
        "zone": get_default_timezone_name(),
        **params,
    }
    for mark in marks:
        words[mark.name], more = numbers.sql(mark.code, mark.alias, read=mark.read, name=mark.name)
        values |= more
    return sql.format(**words), values


def as_json(value: Any) -> dict[str, Any]:
    """Return a JSON object: Django's cursor hands it over as text."""
    return json.loads(value) if isinstance(value, str) else value
