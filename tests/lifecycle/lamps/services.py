"""What can be done to a lamp."""

from datetime import date, datetime
from typing import Any

from deadlines.services import start
from lifecycle.services import begin, perform
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.lifecycle.lamps.models import Lamp

# A test may make the handler fail, or look while it works.
hooks: dict[str, Any] = {}


def report(region: Any, name: str, *, by: Any, at: datetime) -> Lamp:
    """Report a dark lamp."""
    return begin(LAMP, "report", Lamp(region=region, name=name), by=by, at=at)


def order_repair(
    lamp: Lamp, *, by: Any, at: datetime, due_on: date | None = None, version: Any = None
) -> Lamp:
    """Order the repair, until a day or within the usual time."""
    with perform(LAMP, "order_repair", lamp, by=by, at=at, version=version) as row:
        if due_on:
            start(row, "lamps.mend", at=at, due_on=due_on)
    return row


def mend(lamp: Lamp, *, by: Any, at: datetime, note: str = "", version: int | None = None) -> Lamp:
    """Put the lamp right."""
    with perform(LAMP, "mend", lamp, by=by, at=at, version=version) as row:
        row.note = note
    return row


def remark(lamp: Lamp, *, by: Any, at: datetime, note: str = "", version: int | None = None) -> Lamp:
    """Write something down."""
    with perform(LAMP, "remark", lamp, by=by, at=at, version=version, data={"note": note}) as row:
        row.note = note
    return row


def give_up(lamp: Lamp, *, by: Any, at: datetime, reason: str = "") -> Lamp:
    """Give the lamp up."""
    with perform(LAMP, "give_up", lamp, by=by, at=at, reason=reason) as row:
        pass
    return row


def hear_clock(lamp: Lamp, event: Any, at: datetime) -> None:
    """Write down what the clock said, on the lamp and on record."""
    if hook := hooks.get("hear_clock"):
        hook(lamp, event, at)
    if event.kind == "escalated":
        with perform(LAMP, "climb", lamp, by=None, at=at, data={"level": event.level}) as row:
            row.told = f"{row.told} {event.level}".strip()
