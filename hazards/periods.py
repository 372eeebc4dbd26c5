"""Months and years as figures use them: whole days of the local calendar, both ends included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from deadlines.calendar import add_months

MONTHS = 12


@dataclass(frozen=True)
class Period:
    """From the first to the last day; `today` is the day on which one looks back at it."""

    first: date
    last: date
    today: date

    @classmethod
    def month(cls, day: date, *, today: date) -> Self:
        """The month in which the day lies."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), today)

    @classmethod
    def year_to(cls, today: date) -> Self:
        """The month of today and the eleven before it."""
        return cls(months_to(today)[0], cls.month(today, today=today).last, today)

    @property
    def last_passed(self) -> date:
        """The last day of the period that is over: nothing can be late today."""
        return min(self.last, self.today - timedelta(days=1))

    def holds(self, field: str) -> Q:
        """The moment kept in the field lies in the period, by the local calendar."""
        zone = get_default_timezone()
        start = datetime.combine(self.first, time.min, tzinfo=zone)
        end = datetime.combine(self.last + timedelta(days=1), time.min, tzinfo=zone)
        return Q(**{f"{field}__gte": start, f"{field}__lt": end})


def months_to(today: date, n: int = MONTHS) -> list[date]:
    """Return the first days of the last n months, the current one last."""
    first = today.replace(day=1)
    return [add_months(first, -back) for back in range(n - 1, -1, -1)]
