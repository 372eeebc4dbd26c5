"""The periods of the year after which filings go to the next level."""

from datetime import date

from deadlines.calendar import add_months


def period_of(day: date, months: int, *, back: bool = False) -> tuple[date, date]:
    """Return the first day of the period of the year in which the day lies, or of the one before, and the day after it."""
    begin = date(day.year, (day.month - 1) // months * months + 1, 1)
    first = add_months(begin, -months) if back else begin
    return first, add_months(first, months)
