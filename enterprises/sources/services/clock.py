"""What the clock and the arithmetic do to a source: an assessment goes out of date."""

from datetime import date, datetime

from django.utils.timezone import localdate

from deadlines import services as deadlines
from deadlines.almanac import working_days
from deadlines.calendar import add
from deadlines.models import DeadlineEvent, EventKind
from enterprises.models import SourceUnit
from enterprises.sources.lifecycle import REASSESS, SOURCE
from lifecycle.services import perform
from rulebook.services import parameter


def hear_reassessment_clock(unit: SourceUnit, event: DeadlineEvent, at: datetime) -> None:
    """The three years are over: what was on file no longer stands on a valid assessment (O40)."""
    if event.kind == EventKind.LAPSED and unit.state == "filed":
        outdate_source(unit, why="lapsed", at=at)


def outdate_source(unit: SourceUnit, *, why: str, at: datetime) -> SourceUnit:
    """Take an assessment as out of date: `lapsed`, or `changed` when amounts, neighbours or standard changed.

    After a change the new assessment is due as soon as after an identification, not after three years.
    """
    with perform(SOURCE, "outdate_source", unit, by=None, at=at, data={"why": why}) as row:
        if why == "changed":
            row.next_review_on = soon(row, localdate(at))
            deadlines.start(row, REASSESS, at=at, due_on=row.next_review_on)
    return row


def soon(unit: SourceUnit, day: date) -> date:
    """Return the day by which a source identified on the day is assessed."""
    number = parameter("MHS_ASSESS", on=day, region=unit.region_id)
    return add(day, int(number.amount), number.unit, working_days())
