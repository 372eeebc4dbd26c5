"""What stands open on a file: read once for the buttons, the guards and the page alike."""

from collections.abc import Callable
from typing import Any

from enterprises.models import Enterprise, StatusProof, StopRequest, Transfer


def once(enterprise: Enterprise, name: str, read: Callable[[], Any]) -> Any:
    """Read a single time for the row at hand; a locked row is a new one and reads again."""
    kept = enterprise.__dict__.setdefault("_life", {})
    if name not in kept:
        kept[name] = read()
    return kept[name]


def open_stop(enterprise: Enterprise) -> StopRequest | None:
    """Return the stop that was asked for and not yet looked at."""
    rows = enterprise.stop_requests.filter(outcome="").select_related("asked_by")
    return once(enterprise, "stop", rows.first)


def open_transfer(enterprise: Enterprise) -> Transfer | None:
    """Return the transfer that the other district has not answered."""
    rows = enterprise.transfers.filter(state="asked").select_related("region", "region__parent")
    return once(enterprise, "transfer", rows.first)


def last_order(enterprise: Enterprise) -> StatusProof | None:
    """Return the newer of the last order to stop and the last agreement to resume."""
    rows = enterprise.proofs.filter(verb__in=("suspend_ordered", "approve_resumption"))
    return once(enterprise, "order", rows.first)
