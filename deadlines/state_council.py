"""The yearly holiday arrangement, as far as the package `chinese_calendar` knows it."""

from chinese_calendar import constants

from deadlines import almanac
from deadlines.models import WorkingDay

# The package names holidays in English; the calendar is read by officials.
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def years_announced() -> tuple[int, int]:
    """Return the first and the last year whose arrangement is known."""
    days = constants.holidays.keys() | constants.workdays.keys()
    return min(days).year, max(days).year


def load(*, since: int) -> int:
    """Add holidays and make-up days from that year on, leave others; return how many were new."""
    known = [
        *((day, False, name) for day, name in constants.holidays.items()),
        *((day, True, name) for day, name in constants.workdays.items()),
    ]
    rows = [
        WorkingDay(day=day, is_workday=works, name=NAMES.get(name, name))
        for day, works, name in known
        if day.year >= since
    ]
    before = WorkingDay.objects.count()
    WorkingDay.objects.bulk_create(rows, ignore_conflicts=True)
    almanac.changed()
    return WorkingDay.objects.count() - before
