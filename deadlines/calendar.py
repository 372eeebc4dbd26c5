"""Calendar arithmetic of legal periods; no database, no present time.

The first day is not counted. A month or year ends on the corresponding day, or on the last day of a month
that has none. The last day ends at 24:00, which is the first moment of the next day.
"""

import calendar as months
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WORKDAYS_IN_WEEK = 5


class Unit(TextChoices):
    """What a period is counted in."""

    WORKDAY = "workday", _("working days")
    DAY = "day", _("days")
    HOUR = "hour", _("hours")
    MINUTE = "minute", _("minutes")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


# A period in these runs from the minute it starts, through nights and holidays.
CLOCK_UNITS = frozenset({Unit.HOUR, Unit.MINUTE})


class WorkingDays:
    """The working days of a place: Monday to Friday, and the days on which that is not so.

    Only exceptions are held, so a year that nobody has announced yet counts by weekends alone.
    """

    def __init__(self, exceptions: Mapping[date, bool] | None = None) -> None:
        """Take `{day: is it a working day}`; entries that agree with the week change nothing."""
        days = exceptions or {}
        self._holidays = sorted(day for day, works in days.items() if not works and _in_week(day))
        self._made_up = sorted(day for day, works in days.items() if works and not _in_week(day))
        self._exceptions = frozenset(self._holidays) | frozenset(self._made_up)

    def is_workday(self, day: date) -> bool:
        """Say whether people work on this day."""
        return _in_week(day) != (day in self._exceptions)

    def on_or_after(self, day: date) -> date:
        """Return the day itself if people work on it, or else the next working day."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def step(self, start: date, n: int) -> date:
        """Return the nth working day after `start`, or before it when n is negative; 0 gives `start`."""
        day, stride = start, ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += stride
            left -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` is earlier."""
        return self._until(end) - self._until(start)

    def _until(self, day: date) -> int:
        """Count working days from the first Monday of the calendar to `day`, without walking through them."""
        weeks, rest = divmod(day.toordinal() - 1, 7)
        return (
            weeks * WORKDAYS_IN_WEEK
            + min(rest + 1, WORKDAYS_IN_WEEK)
            - bisect_right(self._holidays, day)
            + bisect_right(self._made_up, day)
        )


def working_days_between(start: date, end: date, calendar: WorkingDays) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` is earlier."""
    return calendar.between(start, end)


def add(start: date, n: int, unit: str, calendar: WorkingDays, *, moves_off_holiday: bool = True) -> date:
    """Return the last day of a period of n units that begins on `start`.

    A period of calendar days, months or years that would end on a day off ends on the next working day, if
    the rule says so. A period counted back from `start` (n below 0) never moves.
    """
    if unit == Unit.WORKDAY:
        return calendar.step(start, n)
    if unit == Unit.DAY:
        last = start + n * ONE_DAY
    elif unit == Unit.MONTH:
        last = add_months(start, n)
    elif unit == Unit.YEAR:
        last = add_months(start, 12 * n)
    else:
        raise ValueError(f"A period in {unit!r} has no last day; use due_moment_after().")
    return calendar.on_or_after(last) if moves_off_holiday and n > 0 else last


def add_months(day: date, n: int) -> date:
    """Return the same day n months on, or the last day of a month that does not have it."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    month += 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def due_moment(day: date) -> datetime:
    """Return 24:00 of the day in local time: the first moment at which it is too late."""
    return timezone.make_aware(datetime.combine(day + ONE_DAY, time.min))


def last_day(moment: datetime) -> date:
    """Return the local day that a due moment belongs to; 24:00 belongs to the day that it ends."""
    return timezone.localdate(moment - timedelta(microseconds=1))


def due_moment_after(
    start: datetime, n: int, unit: str, calendar: WorkingDays, *, moves_off_holiday: bool = True
) -> datetime:
    """Return the moment at which a period of n units that begins at `start` is over."""
    if unit in CLOCK_UNITS:
        return start + n * (timedelta(hours=1) if unit == Unit.HOUR else timedelta(minutes=1))
    day = add(timezone.localdate(start), n, unit, calendar, moves_off_holiday=moves_off_holiday)
    return due_moment(day)


def _in_week(day: date) -> bool:
    return day.weekday() < SATURDAY
