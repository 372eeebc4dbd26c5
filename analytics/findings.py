"""What a figure says, in a sentence with the number: the heading is the finding."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from analytics.tables import Axis
from hazards.choices import FOUND_BY_ENTERPRISE, Grade, Level
from hazards.periods import Period
from listings.figures import percent
from listings.measures import Share

NONE = Counter()
OF_A_PERIOD = frozenset({"found", "closed"})


def span(period: Period, *, passed: bool = False) -> str:
    """Write the first and the last day."""
    last = period.last_passed if passed else period.today
    return f"{period.first:%Y-%m-%d} – {last:%Y-%m-%d}"


def month_words(month: date) -> str:
    """Write a month in words."""
    return written(month, pgettext("date format", "F Y"))


def unit_of(tallies: Sequence[str], period: Period) -> str:
    """Say what the numbers are: as of now, or over the period, or both."""
    if not OF_A_PERIOD & set(tallies):
        return _("hazards, now")
    if set(tallies) <= OF_A_PERIOD:
        return _("hazards, %(span)s") % {"span": span(period)}
    return _("hazards; found and closed: %(span)s; else now") % {"span": span(period)}


def place_word(parameter: str) -> str:
    """Name the level into which the area is split."""
    words = {
        "county": _("County or district"),
        "town": _("Town or street"),
        "village": _("Village or community"),
    }
    return words[parameter]


def headline(total: Counter, places: Axis) -> str:
    """Say what matters most now: what is late and where, else what is open."""
    if total["overdue"]:
        worst = places.ranked("overdue")[0]
        if total["overdue"] == places.numbers[worst]["overdue"]:
            return _("Overdue: %(n)s, all of them in %(place)s") % numbers(
                n=total["overdue"], place=places.label_of(worst)
            )
        return _("Overdue: %(n)s, most of them in %(place)s") % numbers(
            n=total["overdue"], place=places.label_of(worst)
        )
    if total["open"]:
        return _("Open: %(n)s, none of them overdue") % numbers(n=total["open"])
    return _("No hazard is open")


def numbers(**values: object) -> dict[str, str]:
    """Write numbers with their thousands apart, words as they are."""
    return {name: intcomma(value) if isinstance(value, int) else str(value) for name, value in values.items()}


def months(counts: Mapping[date, Counter]) -> str:
    """Say whether this month closes more than it finds."""
    month, now = max(counts.items())
    given = numbers(month=month_words(month), found=now["found"], closed=now["closed"])
    if now["closed"] > now["found"]:
        return _("%(month)s so far: %(closed)s closed, more than the %(found)s found") % given
    if now["closed"] < now["found"]:
        return _("%(month)s so far: %(closed)s closed, fewer than the %(found)s found") % given
    return _("%(month)s so far: %(closed)s closed, as many as found") % given


def place(axis: Axis, total: Counter) -> str:
    """Say where most of the open ones are."""
    if not total["open"]:
        return _("Open: 0")
    most = axis.ranked("open")[0]
    return _("Open: %(n)s; most in %(place)s: %(most)s") % numbers(
        n=total["open"], place=axis.label_of(most), most=axis.numbers[most]["open"]
    )


def industry(axis: Axis, total: Counter) -> str:
    """Say which industry has most of the open ones, and its share."""
    if not total["open"]:
        return _("No industry has an open hazard")
    most = axis.ranked("open")[0]
    count = axis.numbers[most]["open"]
    return _("%(industry)s: %(n)s open, %(share)s of all") % numbers(
        industry=axis.label_of(most), n=count, share=percent(count, total["open"])
    )


def source(axis: Axis) -> str:
    """Say how much the enterprises find themselves."""
    found = {value: axis.numbers[value]["found"] for value in axis.order}
    own = sum(found.get(value, 0) for value in FOUND_BY_ENTERPRISE)
    every = sum(found.values())
    return _("Enterprises found %(share)s themselves: %(own)s of %(all)s") % {
        **numbers(own=own),
        "share": percent(own, every),
        "all": intcomma(every),
    }


def grade(axis: Axis) -> str:
    """Say how many major hazards are open, and how many of them are late."""
    major = axis.numbers.get(Grade.MAJOR, NONE)
    return _("Major hazards open: %(n)s, overdue: %(late)s") % numbers(n=major["open"], late=major["overdue"])


def level(axis: Axis) -> str:
    """Say how many have climbed above the town."""
    upper = sum(axis.numbers.get(value, NONE)["open"] for value in (Level.COUNTY, Level.CITY))
    city = axis.numbers.get(Level.CITY, NONE)["open"]
    return _("In the hands of county or city: %(n)s, of the city: %(city)s") % numbers(n=upper, city=city)


def rate(axis: Axis, order: Sequence[str], total: Counter) -> str:
    """Say who is last, beside the whole."""
    if not order:
        return _("Nothing was due")
    whole = percent(total["in_time"], total["due"])
    worst = axis.numbers[order[-1]]
    if worst["due"] == worst["in_time"]:
        return _("Everything was rectified in time: %(n)s of %(n)s") % numbers(n=total["due"])
    if len(order) == 1:
        return _("Rectified in time: %(share)s") % {"share": whole}
    return _("Rectified in time in %(place)s: %(share)s; together: %(whole)s") % {
        "place": axis.label_of(order[-1]),
        "share": percent(worst["in_time"], worst["due"]),
        "whole": whole,
    }


def monthly_rate(shown: Mapping[date, Counter]) -> str:
    """Say how the last month stands against the one before."""
    if not shown:
        return _("Nothing was due in these months")
    months = sorted(shown)
    shares = [percent(shown[month]["in_time"], shown[month]["due"]) for month in months]
    if len(months) == 1:
        return _("%(month)s: %(share)s in time") % {"month": month_words(months[-1]), "share": shares[-1]}
    return _("%(month)s: %(share)s in time; %(before)s: %(former)s") % {
        "month": month_words(months[-1]),
        "share": shares[-1],
        "before": month_words(months[-2]),
        "former": shares[-2],
    }


def in_time_label() -> str:
    """Name the rate among the figures under the title."""
    return _("Rectified in time, twelve months")


def measured(label: object, total: int) -> str:
    """Say how many there are."""
    return _("%(label)s: %(n)s") % {"label": label, "n": intcomma(total)}


def largest(part: Share, total: int) -> str:
    """Say which part is the largest, and its share."""
    return _("%(label)s: %(n)s, %(share)s of all") % {
        **numbers(label=str(part.label), n=part.count),
        "share": percent(part.count, total),
    }
