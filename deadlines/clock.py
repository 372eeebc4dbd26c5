"""How much time is left, and how a clock says it. Urgency is weight, never colour."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext_lazy

from deadlines.calendar import Unit, WorkingDays, due_moment, last_day
from deadlines.models import Deadline

MINUS = "\N{MINUS SIGN}"
SOON = 3
# Django's own short names are the long ones in Chinese.
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@dataclass(frozen=True)
class Remaining:
    """A signed number and what it counts: 0 of a day is today, below 0 is late."""

    n: int
    unit: str

    @property
    def is_today(self) -> bool:
        """Say whether this is the last day."""
        return self.n == 0 and self.unit in (Unit.DAY, Unit.WORKDAY)


@dataclass(frozen=True)
class Face:
    """What a clock shows: a class of the look, a number if there is one, and words."""

    css: str
    number: str
    words: str

    def __str__(self) -> str:
        return f"{self.number} {self.words}".strip()


def due_in(deadline: Deadline, at: datetime, calendar: WorkingDays) -> Remaining:
    """Return how long it is until the deadline, in the unit in which it is counted."""
    if deadline.runs_by_the_hour:
        return _by_the_hour(deadline.due_at, at)
    return _by_the_day(deadline.due_on, timezone.localdate(at), deadline.unit, calendar)


def days_until(day: date, at: datetime) -> Remaining:
    """Return how many calendar days it is until a day: of a licence, or the freshness of a fact."""
    return Remaining((day - timezone.localdate(at)).days, Unit.DAY)


def face_of(deadline: Deadline, at: datetime, calendar: WorkingDays) -> Face:
    """Return what the clock of this deadline shows."""
    if not deadline.is_open:
        return Face("", "", deadline.get_state_display())
    if deadline.is_paused:
        return Face("is-paused", "", _("paused"))
    left = due_in(deadline, at, calendar)
    if deadline.runs_by_the_hour and left.n >= 0 and deadline.due_on == timezone.localdate(at):
        moment = timezone.localtime(deadline.due_at)
        return Face("is-today", "", _("today %(time)s") % {"time": date_format(moment, "H:i")})
    return face(left)


def face(left: Remaining) -> Face:
    """Return what a clock shows for a remaining time."""
    if left.is_today:
        return Face("is-today", "", _("today"))
    css = "is-late" if left.n < 0 else "is-soon" if _is_soon(left) else ""
    number = f"{MINUS}{-left.n}" if left.n < 0 else str(left.n)
    return Face(css, number, _unit_words(left))


def _is_soon(left: Remaining) -> bool:
    return left.n <= SOON or left.unit in (Unit.HOUR, Unit.MINUTE)


def _by_the_day(due_on: date, today: date, unit: str, calendar: WorkingDays) -> Remaining:
    days = (due_on - today).days
    if unit != Unit.WORKDAY:
        return Remaining(days, Unit.DAY)
    workdays = calendar.between(today, due_on)
    # Over a weekend no working day passes, and yet it is late: then say so in days.
    return Remaining(workdays, Unit.WORKDAY) if workdays or not days else Remaining(days, Unit.DAY)


def _by_the_hour(due_at: datetime, at: datetime) -> Remaining:
    seconds = (due_at - at).total_seconds()
    late = -1 if seconds <= 0 else 1
    minutes = int(abs(seconds) // 60)
    if minutes < 60:
        return Remaining(late * max(minutes, 1), Unit.MINUTE)
    return Remaining(late * (minutes // 60), Unit.HOUR)


def due_words(due_at: datetime, at: datetime) -> str:
    """Return the last day in short: with the weekday within a week, with the year in another year."""
    day, today = last_day(due_at), timezone.localdate(at)
    if day.year != today.year:
        return f"{day:%Y-%m-%d}"
    if 0 < (day - today).days < 7:
        return f"{day:%m-%d} {WEEKDAYS[day.weekday()]}"
    return f"{day:%m-%d}"


def due_hour(due_at: datetime) -> str:
    """Return the hour at which the last day is over for this deadline: 24:00, unless it is counted by the hour."""
    local = timezone.localtime(due_at)
    return "24:00" if local == timezone.localtime(due_moment(last_day(due_at))) else f"{local:%H:%M}"


def _unit_words(left: Remaining) -> str:
    n = abs(left.n)
    match left.unit:
        case Unit.WORKDAY:
            return npgettext("clock", "working day", "working days", n)
        case Unit.HOUR:
            return npgettext("clock", "hour", "hours", n)
        case Unit.MINUTE:
            return npgettext("clock", "minute", "minutes", n)
        case _:
            return npgettext("clock", "day", "days", n)
