"""The editions of GB 18218 as they lie in `enterprises/data`: one file for each, picked by the day of the fact.

An amendment (or an AQ standard that changes a value) is another file with its own first day; the one before it gets
its last day. Calculations keep the edition they were made by.
"""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from enterprises.sources.gb18218 import Category, Edition, Listed

FOLDER = Path(__file__).parent.parent / "data"


class NoEdition(LookupError):
    """No edition of the standard held on the day."""


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition on hand, the oldest first."""
    found = [read(json.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("gb18218_*.json")]
    return tuple(sorted(found, key=lambda edition: edition.effective_from))


def edition_on(day: date) -> Edition:
    """Return the edition in force on the day; raises NoEdition where none was."""
    for edition in editions():
        if edition.holds_on(day):
            return edition
    raise NoEdition(day.isoformat())


def edition_named(code: str) -> Edition:
    """Return an edition by its code, in force or not: a calculation of old is read by its own tables."""
    return next(edition for edition in editions() if edition.code == code)


def read(data: dict[str, Any]) -> Edition:
    """Build the tables of one file; numbers are written there as texts, so that none passes through a float."""
    until = data["effective_to"]
    categories = (
        Category(row["symbol"], row["words"], Decimal(row["threshold"]), Decimal(row["beta"]))
        for row in data["categories"]
    )
    return Edition(
        code=data["code"],
        law=data["law"],
        effective_from=date.fromisoformat(data["effective_from"]),
        effective_to=date.fromisoformat(until) if until else None,
        least_source=Decimal(data["least_source"]),
        alphas=tuple((int(least), Decimal(alpha)) for least, alpha in data["alphas"]),
        grades=tuple((Decimal(least), grade) for least, grade in data["grades"]),
        categories={category.symbol: category for category in categories},
        listed={row["no"]: listed(row) for row in data["listed"]},
    )


def listed(row: dict[str, Any]) -> Listed:
    """Build one line of table 1."""
    beta = row.get("beta")
    return Listed(
        no=row["no"],
        name=row["name"],
        alias=row["alias"],
        cas=row["cas"],
        threshold=Decimal(row["threshold"]),
        beta=Decimal(beta) if beta else None,
        beta_from=row.get("beta_from", ""),
        category=row.get("category", ""),
        confirm=row.get("confirm", False),
    )
