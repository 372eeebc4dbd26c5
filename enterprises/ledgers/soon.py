"""How long before its last day a paper is said to end soon: by the numbers of the rulebook, which a city may set."""

from collections.abc import Iterable
from datetime import date

from accounts.models import User
from deadlines.numbers import Numbers
from deadlines.rules import find
from enterprises.ledgers.clocks import VALIDITY
from enterprises.models import LedgerRow
from rulebook.services import parameter

# Handbook §3.7: 90, 60 and 30 days before the end.
FIRST = "LICENCE_WARN_FIRST"
WARNINGS = (FIRST, "LICENCE_WARN_SECOND", "LICENCE_WARN_LAST")


def mark(rows: Iterable[LedgerRow], *, on: date) -> None:
    """Hang on each row, fetched with its enterprise, from how many days before the end it ends soon: one query."""
    numbers = Numbers(find(VALIDITY), on)
    for row in rows:
        row.soon_days = max(n for n, _unit in numbers.warnings(row.enterprise.region_id))


def days_for(user: User | None, *, on: date) -> int:
    """Return the first warning in the place of a person's post, for a condition over rows of many places."""
    places = [entry.region for entry in user.scope.entries if entry.region] if user is not None else []
    return int(parameter(FIRST, on=on, region=min(places, key=len, default="")).amount)
