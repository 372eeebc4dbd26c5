"""Hazards in bulk for figures: rows as they stand, where how they came to stand so does not matter."""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from hazards.models import Hazard
from tests.people import AT

SHANGHAI = ZoneInfo("Asia/Shanghai")
_serial = count(1)


def moment(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the local clock."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def standing(enterprise, *, state: str = "rectifying", found_at: datetime = AT, **fields: object) -> Hazard:
    """A hazard that stands in this state."""
    values = {
        "number": f"YH-T{next(_serial):06d}",
        "region_id": enterprise.region_id,
        "source": "self_check",
        "description": "灰斗法兰处积尘",
        "place": "砂光车间",
        "reported_at": found_at,
        "state_since": found_at,
        "version": 1,
        **fields,
    }
    return Hazard.objects.create(enterprise=enterprise, state=state, found_at=found_at, **values)


def closed(enterprise, *, closed_at: datetime, late: bool = False, **fields: object) -> Hazard:
    """A closed hazard, rectified on its day or the day after it."""
    day = closed_at.date() - timedelta(days=2)
    rectified_at = datetime.combine(day + timedelta(days=int(late)), closed_at.timetz())
    values = {"found_at": closed_at - timedelta(days=20), "deadline_on": day, "rectified_at": rectified_at}
    return standing(enterprise, state="closed", closed_at=closed_at, **{**values, **fields})


def a_year_of_hazards(here, beside, elsewhere) -> None:
    """Hazards of every kind that a figure tells apart; `here` and `beside` lie in one county."""
    for enterprise in (here, beside, elsewhere):
        standing(enterprise, deadline_on=date(2026, 3, 9))
        standing(
            enterprise, deadline_on=date(2026, 3, 10), grade="major", state="plan_due", source="inspection"
        )
        standing(
            enterprise, state="verifying", deadline_on=date(2026, 3, 1), rectified_at=moment(2026, 3, 1, 23)
        )
        closed(enterprise, closed_at=moment(2026, 2, 20))
        closed(enterprise, closed_at=moment(2025, 11, 3), late=True, source="patrol")
        standing(enterprise, state="not_hazard", closed_at=AT, found_at=moment(2026, 3, 2))
    standing(here, deadline_on=date(2026, 2, 1), level_in_charge="city", rectified_at=moment(2026, 1, 20))
    standing(here, state="sampled", found_at=moment(2026, 2, 1), rectified_at=AT)
    standing(here, found_at=moment(2024, 5, 5), state="reported")
    # The last minute of February and the first of March, which UTC keeps in one day.
    standing(here, found_at=moment(2026, 2, 28, 23, 59), state="reported")
    standing(here, found_at=moment(2026, 3, 1, 0, 1), state="reported")
    closed(here, closed_at=moment(2026, 3, 1, 0, 1))
    closed(elsewhere, closed_at=moment(2025, 3, 31, 23, 59))
