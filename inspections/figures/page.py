"""The page 两化: each indicator by district, and month by month, read from the stored months at any size of city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from os.path import commonprefix

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Max, QuerySet, Sum
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from hazards.periods import Period, months_to
from inspections.figures.indicators import BY_COLUMN, INDICATORS, Indicator
from inspections.figures.months import FLOWS, STATES
from inspections.figures.scores import CODES, score_figures, scores
from inspections.models import ConductMonth, Tier
from listings.figures import Cell, Column, Figure, Row, percent
from regions.codes import LENGTHS
from regions.selectors import names_of
from rulebook.places import Places

NUMBERS = (*STATES, *FLOWS)
# The lowest first: it is what one looks for.
TIER_COLUMNS = tuple(f"tier_{tier.value}" for tier in reversed(Tier))


@dataclass(frozen=True)
class Conduct:
    """Everything the page shows: the numbers of this month by place, of all of them, and of twelve months."""

    at: datetime
    period: Period
    level: str
    places: Mapping[str, Counter]
    names: Mapping[str, str]
    total: Counter
    months: Mapping[date, Counter]

    @property
    def place(self) -> str:
        """The smallest division that holds all the places: the numbers of the rulebook are those of it."""
        common = commonprefix(list(self.places))
        return next((common[:length] for length in reversed(LENGTHS) if length <= len(common)), "")

    @cached_property
    def numbers(self) -> Places:
        """What the rulebook asks for and weighs with, in every place."""
        goals = (indicator.goal for indicator in INDICATORS if indicator.goal)
        return Places([*goals, *CODES], self.period.today)

    @property
    def place_word(self) -> str:
        """The level by which the page is split, in words."""
        return _("County or district") if self.level == "county" else _("Town or street")

    @property
    def order(self) -> list[str]:
        """The places by their codes."""
        return sorted(self.places)


def conduct_of(user: User) -> Conduct | None:
    """Return the newest numbers of the person's area; None while nothing has been counted."""
    rows = ConductMonth.objects.visible_to(user)
    counted_at = rows.aggregate(newest=Max("counted_at"))["newest"]
    if counted_at is None:
        return None
    today = localdate(counted_at)
    period = Period.month(today, today=today)
    newest = rows.filter(month=period.first)
    level = "county" if newest.order_by().values("county_code").distinct()[:2].count() > 1 else "town"
    places = {key: counts for key, counts in summed(newest, f"{level}_code").items() if any(counts.values())}
    return Conduct(
        at=counted_at,
        period=period,
        level=level,
        places=places,
        names=names_of(set(places)),
        total=sum(places.values(), Counter()),
        months=by_month(rows, today),
    )


def summed(rows: QuerySet, by: str) -> dict[str, Counter]:
    """Return the numbers by one column; what was not counted then is missing."""
    totals = {f"sum_{name}": Sum(name) for name in NUMBERS}
    found = {}
    for key, *values in rows.order_by().values_list(by).annotate(**totals):
        found[key] = Counter({name: n for name, n in zip(NUMBERS, values, strict=True) if n is not None})
    return found


def by_month(rows: QuerySet, today: date) -> dict[date, Counter]:
    """Return the numbers of the last twelve months, those without any too."""
    months = months_to(today)
    known = summed(rows.filter(month__gte=months[0]), "month")
    return {month: known.get(month, Counter()) for month in months}


def rate(indicator: Indicator, counts: Counter) -> str:
    """Write the share or the mean; a dash where there is nothing to divide by."""
    base, part = counts[indicator.base], counts[indicator.part]
    if not indicator.mean:
        return percent(part, base)
    return number_format(part / base, 2) if base else "—"


def worth(indicator: Indicator, counts: Counter) -> float:
    """Return the rate for the order, the worst first."""
    value = counts[indicator.part] / counts[indicator.base]
    return -value if indicator.low else value


def cells(now: Conduct, indicator: Indicator, counts: Counter, **place: str) -> list[Cell]:
    """Write both numbers with their lists, and the rate: a mean first, because bars are drawn by the first number."""
    base, part = BY_COLUMN[indicator.base], BY_COLUMN[indicator.part]
    numbers = [Cell(intcomma(counts[each.column]), each.url(now.period, **place)) for each in (base, part)]
    whole = Cell(rate(indicator, counts), part.url(now.period, **place))
    return [whole, *numbers] if indicator.mean else [*numbers, whole]


def heads(now: Conduct, indicator: Indicator) -> list[Column]:
    """Name the columns in the order of the cells."""
    numbers = [Column(BY_COLUMN[column].label) for column in (indicator.base, indicator.part)]
    first = Column(now.place_word)
    return [first, Column(_("Mean")), *numbers] if indicator.mean else [first, *numbers, Column(_("Share"))]


def figure(now: Conduct, indicator: Indicator) -> Figure:
    """Return one indicator by place, the worst first; a place where there is nothing to divide by has no rate."""
    order = sorted(
        (code for code in now.order if now.places[code][indicator.base]),
        key=lambda code: worth(indicator, now.places[code]),
    )
    return Figure(
        code=indicator.code,
        heading=heading(now, indicator, order),
        unit=unit(now, indicator),
        kind="rate" if not indicator.mean else "bars",
        head=heads(now, indicator),
        rows=[
            Row(now.names.get(code, code), cells(now, indicator, now.places[code], **{now.level: code}))
            for code in order
        ],
        foot=Row(_("Together"), cells(now, indicator, now.total)),
        list_url=BY_COLUMN[indicator.part].url(now.period),
    )


def heading(now: Conduct, indicator: Indicator, order: Sequence[str]) -> str:
    """Say the rate of the whole, and where it is worst."""
    whole = rate(indicator, now.total)
    if len(order) < 2:
        return _("%(label)s: %(rate)s") % {"label": indicator.label, "rate": whole}
    worst = order[0]
    return _("%(label)s: %(rate)s; %(place)s: %(worst)s") % {
        "label": indicator.label,
        "rate": whole,
        "place": now.names.get(worst, worst),
        "worst": rate(indicator, now.places[worst]),
    }


def unit(now: Conduct, indicator: Indicator) -> str:
    """Say what is divided by what, and the mark that the rulebook sets."""
    base, part = BY_COLUMN[indicator.base], BY_COLUMN[indicator.part]
    words = _("%(part)s ÷ %(base)s, %(month)s") % {
        "part": part.label,
        "base": base.label,
        "month": f"{now.period.first:%Y-%m}",
    }
    if not indicator.goal:
        return words
    number = now.numbers.of(indicator.goal, now.place)
    goal = f"{number_format(number.amount)} {indicator.unit}".strip()
    return _("%(words)s; asked for: %(goal)s") % {"words": words, "goal": goal}


def tiers(now: Conduct) -> Figure:
    """Return how many enterprises stand in each tier by place, the lowest tier first."""

    def row(label: str, counts: Counter, **place: str) -> Row:
        return Row(
            label,
            [Cell(intcomma(counts[name]), BY_COLUMN[name].url(now.period, **place)) for name in TIER_COLUMNS],
        )

    return Figure(
        code="tiers",
        heading=_("First tier: %(first)s; fourth tier: %(fourth)s")
        % {
            "first": percent(now.total["tier_1"], now.total["required"]),
            "fourth": percent(now.total["tier_4"], now.total["required"]),
        },
        unit=_("enterprises that owe self-checks, by score"),
        kind="bars",
        head=[Column(now.place_word), *(Column(BY_COLUMN[name].label) for name in TIER_COLUMNS)],
        rows=[row(now.names.get(code, code), now.places[code], **{now.level: code}) for code in now.order],
        foot=row(_("Together"), now.total),
        list_url=BY_COLUMN["tier_4"].url(now.period),
    )


def trend(now: Conduct) -> Figure:
    """Return who found hazards in each of twelve months: the enterprises themselves, and others."""
    months = list(now.months)

    def row(column: str) -> Row:
        count = BY_COLUMN[column]
        return Row(
            count.label,
            [Cell(intcomma(now.months[month][column]), count.url(of_month(now, month))) for month in months],
        )

    this = now.months[months[-1]]
    return Figure(
        code="found",
        heading=_("This month enterprises found %(own)s, others %(others)s")
        % {"own": intcomma(this["own_found"]), "others": intcomma(this["seen_by_others"])},
        unit=_("hazards a month"),
        kind="trend",
        head=month_heads(months),
        rows=[row("seen_by_others"), row("own_found")],
        list_url=BY_COLUMN["own_found"].url(now.period),
    )


def month_heads(months: Sequence[date]) -> list[Column]:
    """Return the heads of a table of months."""
    first = _("From %(month)s") % {"month": f"{months[0]:%Y-%m}"}
    return [Column(first), *(Column(str(month.month)) for month in months)]


def of_month(now: Conduct, month: date) -> Period:
    """Return the month as a period seen from today."""
    return Period.month(month, today=now.period.today)


def month_table(now: Conduct) -> dict[str, list]:
    """Return every rate of twelve months; what happened in a month opens its list, how things stood then has none."""
    months = list(now.months)

    def cell(indicator: Indicator, month: date) -> Cell:
        flows = indicator.part in FLOWS
        url = BY_COLUMN[indicator.part].url(of_month(now, month)) if flows else ""
        return Cell(rate(indicator, now.months[month]), url)

    return {
        "head": month_heads(months),
        "rows": [Row(each.label, [cell(each, month) for month in months]) for each in INDICATORS],
    }


def figures(now: Conduct) -> list[Figure]:
    """Return the figures of the page."""
    return [scores(now), trend(now), *(figure(now, indicator) for indicator in INDICATORS), tiers(now)]


def key_figures(now: Conduct) -> list[dict[str, str]]:
    """Return the row of numbers under the title: every rate of the whole area, each with its list."""
    rates = [
        {
            "value": rate(indicator, now.total),
            "label": indicator.label,
            "url": BY_COLUMN[indicator.part].url(now.period),
        }
        for indicator in INDICATORS
    ]
    return [*rates, *score_figures(now)]
