"""The ledgers of an enterprise's file: one mechanism for all of them.

A model in `enterprises.models.ledgers` and a line in `registry` make a ledger with its page, form, list, import, export,
history and, where papers end some day, its clock.
"""

from enterprises.ledgers.declaration import GROUPS, Ledger
from enterprises.ledgers.reading import Fact, counts, expiring, summary, totals, untouched
from enterprises.ledgers.registry import LEDGERS, find, of_group

__all__ = [
    "GROUPS",
    "LEDGERS",
    "Fact",
    "Ledger",
    "counts",
    "expiring",
    "find",
    "of_group",
    "summary",
    "totals",
    "untouched",
]
