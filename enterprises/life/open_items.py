"""What stands open on a file: read once for the buttons, the guards and the page alike."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from enterprises.models import Enterprise, StatusProof, StopRequest, Transfer
from inbox.counting import counts

ORDERS = ("suspend_ordered", "approve_resumption")


def once(enterprise: Enterprise, name: str, read: Callable[[], Any]) -> Any:
    """Read a single time for the row at hand; a locked row is a new one and reads again."""
    kept = enterprise.__dict__.setdefault("_life", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]


def pass_over_absent(enterprise: Enterprise, rows: dict[str, Callable[[Enterprise], QuerySet]]) -> None:
    """Ask once of which of these there is a row at all, and note those without as read.

    Most files have none of them, and each would be asked for by itself.
    """
    there = counts([read(enterprise) for read in rows.values()], cap=0)
    for name, is_there in zip(rows, there, strict=True):
        if not is_there:
            once(enterprise, name, lambda: None)


def stops(enterprise: Enterprise) -> QuerySet[StopRequest]:
    """Return the stop that was asked for and not yet looked at, as rows."""
    return enterprise.stop_requests.filter(outcome="").select_related("asked_by")


def offers(enterprise: Enterprise) -> QuerySet[Transfer]:
    """Return the transfer that the other district has not answered, as rows."""
    return enterprise.transfers.filter(state="asked").select_related("region", "region__parent")


def open_stop(enterprise: Enterprise) -> StopRequest | None:
    """Return the stop that was asked for and not yet looked at."""
    return once(enterprise, "stop", lambda: stops(enterprise).first())


def open_transfer(enterprise: Enterprise) -> Transfer | None:
    """Return the transfer that the other district has not answered."""
    return once(enterprise, "transfer", lambda: offers(enterprise).first())


def last_order(enterprise: Enterprise) -> StatusProof | None:
    """Return the newer of the last order to stop and the last agreement to resume."""
    return once(enterprise, "order", lambda: enterprise.proofs.filter(verb__in=ORDERS).first())
