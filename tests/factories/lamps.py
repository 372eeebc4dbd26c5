"""Lamps in a given state, and the numbers that their rules ask for."""

from datetime import date, datetime
from typing import Any

from rulebook.models import Parameter
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.models import Lamp

NUMBERS = {
    "LAMP_ORDER": (5, "workday"),
    "LAMP_MEND": (10, "day"),
    "LAMP_CALL": (2, "hour"),
    "LAMP_CLIMB_CITY": (5, "workday"),
}


def lamp_numbers() -> None:
    """Put the numbers of the lamps' rules into the rulebook."""
    for code, (value, unit) in NUMBERS.items():
        Parameter.objects.create(
            code=code,
            name=code,
            value=value,
            unit=unit,
            basis="the lamp order",
            mark="D",
            effective_from=date(2000, 1, 1),
        )


def dark_lamp(region: Any, *, by: Any, at: datetime, name: str = "Lamp 1") -> Lamp:
    """Report a lamp."""
    return services.report(region, name, by=by, at=at)


def ordered_lamp(region: Any, *, by: Any, at: datetime, due_on: date | None = None, **more: Any) -> Lamp:
    """Report a lamp and order its repair."""
    return services.order_repair(dark_lamp(region, by=by, at=at, **more), by=by, at=at, due_on=due_on)
