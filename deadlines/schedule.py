"""What will happen around a due moment, worked out once and frozen on the row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils import timezone

from deadlines.calendar import CLOCK_UNITS, Unit, WorkingDays, add, due_moment, due_moment_after, last_day
from deadlines.models import Deadline, EventKind
from deadlines.rules import Period

# People are told in the morning of the day, when they can still do something.
MORNING = time(8)


@dataclass(frozen=True)
class PlannedStep:
    """One thing the clock will do: what, whom it reaches, and when."""

    kind: str
    level: str
    at: datetime

    def frozen(self) -> dict[str, str]:
        """Return the step as it is kept on the row."""
        return {"kind": self.kind, "level": self.level, "at": self.at.isoformat()}

    @classmethod
    def thaw(cls, kept: dict[str, str]) -> Self:
        """Read a step that was kept on a row."""
        return cls(kept["kind"], kept["level"], datetime.fromisoformat(kept["at"]))


def plan(
    due_at: datetime,
    unit: str,
    *,
    since: datetime,
    warn_before: Iterable[Period],
    ladder: Iterable[tuple[str, Period]],
    calendar: WorkingDays,
) -> list[PlannedStep]:
    """Return all steps around `due_at` in the order of their moments.

    Reminders whose moment is not after `since` are left out: nobody is warned about the past. The lapse and
    the ladder are always there.
    """
    reminders = [
        *(
            PlannedStep(EventKind.WARNED, "", moment)
            for moment in _warnings(due_at, unit, warn_before, calendar)
        ),
        *(() if unit in CLOCK_UNITS else (PlannedStep(EventKind.DUE, "", _morning(last_day(due_at))),)),
    ]
    after = [
        PlannedStep(EventKind.LAPSED, "", due_at),
        *(
            PlannedStep(EventKind.ESCALATED, level, _rung(due_at, period, calendar))
            for level, period in ladder
        ),
    ]
    # dict.fromkeys: two periods may lead to the same moment, and people are told once.
    steps = dict.fromkeys([step for step in reminders if step.at > since] + after)
    return sorted(steps, key=lambda step: step.at)


def remaining_steps(deadline: Deadline) -> list[PlannedStep]:
    """Return what the clock will still do if nobody acts; nothing while it stands still or is settled."""
    if deadline.next_at is None:
        return []
    return [PlannedStep.thaw(kept) for kept in deadline.steps[deadline.step :]]


def _warnings(
    due_at: datetime, unit: str, periods: Iterable[Period], calendar: WorkingDays
) -> Iterable[datetime]:
    for n, counted_in in periods:
        if counted_in in CLOCK_UNITS:
            yield due_at - n * (timedelta(hours=1) if counted_in == Unit.HOUR else timedelta(minutes=1))
        elif unit not in CLOCK_UNITS:
            yield _morning(add(last_day(due_at), -n, counted_in, calendar))


def _rung(due_at: datetime, period: Period, calendar: WorkingDays) -> datetime:
    n, unit = period
    if n == 0:
        return due_at
    if unit in CLOCK_UNITS:
        return due_moment_after(due_at, n, unit, calendar)
    return due_moment(add(last_day(due_at), n, unit, calendar, moves_off_holiday=False))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
