"""What the clock does to a hazard: a missed day moves it up, town to county to city."""

from datetime import datetime

from deadlines.models import DeadlineEvent
from hazards.choices import Level
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from lifecycle.services import perform

ORDER = [Level.TOWN, Level.COUNTY, Level.CITY]


def hear_rectification_clock(hazard: Hazard, event: DeadlineEvent, at: datetime) -> None:
    """Move the hazard into the hands of the level that the ladder names; never back down."""
    if event.kind != "escalated" or ORDER.index(event.level) <= ORDER.index(hazard.level_in_charge):
        return
    escalate(hazard, level=event.level, at=at)


def escalate(hazard: Hazard, *, level: str, at: datetime) -> Hazard:
    """Put the hazard into the hands of a higher level, on record."""
    with perform(HAZARD, "escalate", hazard, by=None, at=at, data={"level": level}) as row:
        row.level_in_charge = level
    return row
