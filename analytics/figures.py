"""Figures as the page shows them: the finding, the chart's kind, and a table whose numbers open their lists."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from analytics import findings
from analytics.selectors import VILLAGE, Situation
from analytics.tables import Axis, Cell, Column, Figure, Row
from enterprises.choices import RegulatoryCategory
from hazards.choices import Grade, Level, Source
from hazards.measures import TALLIES
from hazards.periods import Period
from listings.measures import Breakdown, Measure, Share

NOW = ("open", "overdue", "major")
RATE = ("due", "in_time")
CHOICES = {"industry": RegulatoryCategory, "grade": Grade, "level": Level, "source": Source}


def overview(now: Situation) -> list[Figure]:
    """Return the figures of the page, the months first."""
    place = places(now)
    axes = {code: closed_set(now, code) for code in CHOICES}
    return [
        trend(now),
        amounts(now, place, NOW, findings.place(place, now.split.total)),
        rates(now, place),
        monthly_rates(now),
        amounts(now, axes["industry"], NOW, findings.industry(axes["industry"], now.split.total)),
        amounts(now, axes["source"], ("found", "closed", "open"), findings.source(axes["source"])),
        amounts(now, axes["grade"], ("open", "overdue", "found", "closed"), findings.grade(axes["grade"])),
        amounts(now, axes["level"], NOW, findings.level(axes["level"])),
    ]


def places(now: Situation) -> Axis:
    """Split by place: every county or town, but only those villages that have something."""
    numbers = now.split.by["place"]
    length = {"county": 6, "town": 9, "village": 12}[now.area.parameter]
    known = () if now.area.column == VILLAGE else (code for code in now.names if len(code) == length)
    order = sorted({*numbers, *known})
    return Axis(
        "place", findings.place_word(now.area.parameter), now.area.parameter, numbers, now.names, order
    )


def closed_set(now: Situation, code: str) -> Axis:
    """Split by a fixed set of words: the ones that occur, in their own order."""
    numbers, choices = now.split.by[code], CHOICES[code]
    label = {
        "industry": _("Industry"),
        "grade": _("Grade"),
        "level": _("In the hands of"),
        "source": _("Found by"),
    }
    order = [value for value in choices.values if value in numbers]
    return Axis(code, label[code], code, numbers, dict(choices.choices), order)


def cells(counts: Counter, tallies: Sequence[str], period: Period, **where: Any) -> list[Cell]:
    """Write the numbers of a row, each with its list."""
    return [Cell(intcomma(counts[code]), TALLIES[code].url(period, **where)) for code in tallies]


def amounts(now: Situation, axis: Axis, tallies: Sequence[str], heading: str) -> Figure:
    """Return a figure of counts by the parts of an axis, the largest first."""
    rows = [
        Row(
            axis.label_of(value),
            cells(axis.numbers.get(value, Counter()), tallies, now.period, **{axis.parameter: value}),
        )
        for value in axis.ranked(tallies[0])
    ]
    return Figure(
        code=axis.code,
        heading=heading,
        unit=findings.unit_of(tallies, now.period),
        kind="bars",
        head=[Column(axis.label), *(Column(TALLIES[code].label) for code in tallies)],
        rows=rows,
        foot=Row(_("Together"), cells(now.split.total, tallies, now.period)),
        list_url=TALLIES[tallies[0]].url(now.period),
    )


def rate_cells(counts: Counter, period: Period, **where: Any) -> list[Cell]:
    """Write due, in time, late and the share of the first that is the second."""
    due, in_time = counts["due"], counts["in_time"]
    url = TALLIES["due"].url
    return [
        Cell(intcomma(due), url(period, **where)),
        Cell(intcomma(in_time), TALLIES["in_time"].url(period, **where)),
        Cell(intcomma(due - in_time), url(period, **where, rectification="late")),
        Cell(findings.percent(in_time, due), TALLIES["in_time"].url(period, **where)),
    ]


def rate_head(first: Any) -> list[Column]:
    """Return the heads of a table of rates."""
    return [
        Column(first),
        Column(_("Due")),
        Column(_("In time")),
        Column(_("Not in time")),
        Column(_("Share in time")),
    ]


def rates(now: Situation, axis: Axis) -> Figure:
    """Return the share rectified in time by place, the best first; a place where nothing was due has none."""
    order = [value for value in axis.order if axis.numbers.get(value, Counter())["due"]]
    order.sort(key=lambda value: -axis.numbers[value]["in_time"] / axis.numbers[value]["due"])
    return Figure(
        code="rate",
        heading=findings.rate(axis, order, now.split.total),
        unit=_("hazards whose day has passed, %(span)s") % {"span": findings.span(now.period, passed=True)},
        kind="rate",
        head=rate_head(axis.label),
        rows=[
            Row(axis.label_of(value), rate_cells(axis.numbers[value], now.period, **{axis.parameter: value}))
            for value in order
        ],
        foot=Row(_("Together"), rate_cells(now.split.total, now.period)) if order else None,
        list_url=TALLIES["due"].url(now.period),
    )


def monthly_rates(now: Situation) -> Figure:
    """Return the share rectified in time month by month."""
    shown = {month: counts for month, counts in now.months.items() if counts["due"]}
    return Figure(
        code="monthly-rate",
        heading=findings.monthly_rate(shown),
        unit=_("hazards by the month of their day"),
        kind="rate",
        head=rate_head(_("Month")),
        rows=[
            Row(f"{month:%Y-%m}", rate_cells(counts, of_month(now, month))) for month, counts in shown.items()
        ],
        list_url=TALLIES["due"].url(now.period),
    )


def trend(now: Situation) -> Figure:
    """Return what was found and closed in each of twelve months."""
    months = list(now.months)
    rows = [
        Row(
            TALLIES[code].label,
            [
                Cell(intcomma(now.months[month][code]), TALLIES[code].url(of_month(now, month)))
                for month in months
            ],
        )
        for code in ("found", "closed")
    ]
    first = _("From %(month)s") % {"month": f"{months[0]:%Y-%m}"}
    return Figure(
        code="months",
        heading=findings.months(now.months),
        unit=_("hazards a month"),
        kind="trend",
        head=[Column(first), *(Column(str(month.month)) for month in months)],
        rows=rows,
        list_url=TALLIES["found"].url(now.period),
    )


def of_month(now: Situation, month: date) -> Period:
    """Return the month as a period seen from today."""
    return Period.month(month, today=now.period.today)


def shares(measure: Measure, way: Breakdown, parts: Sequence[Share], total: int) -> Figure:
    """Return one measure by one of its ways; months stand in their order, everything else by size."""
    ordered = sorted(parts, key=lambda part: part.label) if way.code == "month" else parts
    return Figure(
        code=way.code,
        heading=findings.largest(parts[0], total),
        unit=str(measure.label),
        kind="bars",
        head=[Column(way.label), Column(measure.label), Column(_("Share"))],
        rows=[
            Row(
                part.label,
                [Cell(intcomma(part.count), part.url), Cell(findings.percent(part.count, total), part.url)],
            )
            for part in ordered
        ],
        foot=Row(
            _("Together"),
            [Cell(intcomma(total), measure.url()), Cell(findings.percent(total, total), measure.url())],
        ),
        list_url=measure.url(),
    )
