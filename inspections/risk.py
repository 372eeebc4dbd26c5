"""The risk colour of an enterprise, until the risk points of the risks app say it better (handbook §6.6, all of it [D]).

One expression of the database decides, so that one enterprise and four hundred thousand get their colour by the same
words. The highest that fits holds:

- red: a major hazard that is not closed, or a major hazard source of grade 1 or 2;
- orange: any other major hazard source; making or storing hazardous chemicals, making fireworks, underground mines and
  tailings ponds; dust, ammonia, molten metal, coal gas, chlorine;
- yellow: the rest of chemicals, fireworks and mines; confined space, spray painting, lithium batteries, crowded places;
- blue: everybody else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Least

from deadlines.calendar import Unit
from enterprises.choices import EnterpriseSize, RegulatoryCategory, RiskTag
from enterprises.models import Enterprise, SourceUnit
from hazards.models import Hazard
from hazards.querysets import OPEN
from inspections.choices import Colour
from rulebook.places import Number, Places, Reading

# A grave source has one of these grades; 1 is the highest.
GRAVE = (1, 2)
DAYS_OF = {Unit.DAY: 1, Unit.MONTH: 30, Unit.YEAR: 365}
MONTH = 30
# Category, and what is done there.
ORANGE_KINDS = (
    (RegulatoryCategory.HAZCHEM, ("生产", "储存")),
    (RegulatoryCategory.FIREWORKS, ("生产",)),
    (RegulatoryCategory.NON_COAL_MINE, ("地下", "尾矿库")),
)
ORANGE_TAGS = [
    RiskTag.DUST,
    RiskTag.AMMONIA,
    RiskTag.MOLTEN_METAL,
    RiskTag.DEEP_WELL_CASTING,
    RiskTag.GAS,
    RiskTag.CHLORINE,
]
YELLOW_KINDS = (RegulatoryCategory.HAZCHEM, RegulatoryCategory.FIREWORKS, RegulatoryCategory.NON_COAL_MINE)
YELLOW_TAGS = [
    RiskTag.CONFINED_SPACE,
    RiskTag.SPRAYING,
    RiskTag.LITHIUM,
    RiskTag.LABOUR_INTENSIVE,
    RiskTag.CROWDED,
]


def risk_colour(path: str = "") -> Case:
    """Return the colour as an expression over rows whose enterprise lies under `path` ("enterprise__"), or enterprises."""
    theirs = OuterRef(f"{path}pk")
    sources = SourceUnit.objects.filter(enterprise=theirs, grade__isnull=False).exclude(state="deregistered")
    major = Hazard.objects.filter(OPEN, enterprise=theirs, grade="major")

    def has(**facts: Any) -> Q:
        return Q(**{f"{path}{name}": value for name, value in facts.items()})

    orange = has(risk_tags__overlap=ORANGE_TAGS) | Q(Exists(sources))
    for category, sorts in ORANGE_KINDS:
        orange |= has(regulatory_category=category, sub_category__in=sorts)
    yellow = has(regulatory_category__in=YELLOW_KINDS) | has(risk_tags__overlap=YELLOW_TAGS)
    return Case(
        When(Exists(major) | Exists(sources.filter(grade__in=GRAVE)), then=Value(Colour.RED.value)),
        When(orange, then=Value(Colour.ORANGE.value)),
        When(yellow, then=Value(Colour.YELLOW.value)),
        default=Value(Colour.BLUE.value),
        output_field=CharField(),
    )


def colour_of(enterprise: Enterprise) -> Colour:
    """Return the colour of one enterprise."""
    rows = Enterprise.objects.filter(pk=enterprise.pk)
    return Colour(rows.values_list(risk_colour(), flat=True)[0])


def in_days(number: Number) -> int:
    """Read an interval of the rulebook in days; months are counted as 30 days, so that no cycle drifts rarer."""
    return int(number.amount) * DAYS_OF[Unit(number.unit)]


def uploads_apart(number: Number) -> int:
    """Read so many uploads a month as the days from one to the next."""
    return MONTH // int(number.amount)


def codes_by_colour(series: str) -> dict[str, str]:
    """Return the code of each colour of a series of parameters: SELFCHECK_CYCLE, PATROL_GRID, PATROL_TOWN."""
    return {colour.value: f"{series}_{colour.value.upper()}" for colour in Colour}


def days_by_colour(series: str, *, on: date, region: str = "") -> dict[str, int]:
    """Return the days of each colour of a series in a place."""
    codes = codes_by_colour(series)
    numbers = Places(codes.values(), on)
    return {colour: in_days(numbers.of(code, region)) for colour, code in codes.items()}


def longest_self_check(*, on: date, path: str = "") -> Func:
    """Return the days after which an enterprise must have checked itself, as an expression over the rows of `risk_colour`.

    The shortest of what its colour asks, what its size must upload in a month (§5.6), and for hazardous chemicals the
    comprehensive check of the plant, each by the numbers of its place. The rows must carry the colour as `risk`.
    """
    codes = codes_by_colour("SELFCHECK_CYCLE")
    numbers = Places(
        {*codes.values(), "SELFCHECK_UPLOAD_SMALL", "SELFCHECK_UPLOAD_OTHER", "SELFCHECK_PLANT"}, on
    )
    whole = IntegerField()

    def number(code: str, read: Reading = in_days) -> Case | Value:
        return numbers.expression(code, path=path, read=read, field=whole)

    large = Q(**{f"{path}size__in": (EnterpriseSize.LARGE, EnterpriseSize.MEDIUM)})
    chemical = Q(**{f"{path}regulatory_category": RegulatoryCategory.HAZCHEM})
    small = number("SELFCHECK_UPLOAD_SMALL", uploads_apart)
    other = number("SELFCHECK_UPLOAD_OTHER", uploads_apart)
    return Least(
        Case(*(When(risk=colour, then=number(code)) for colour, code in codes.items()), output_field=whole),
        Case(When(large, then=other), default=small, output_field=whole),
        # Nothing for the others: the least of what there is holds.
        Case(When(chemical, then=number("SELFCHECK_PLANT")), default=None, output_field=whole),
    )


def longest_cycle(enterprise: Enterprise, *, on: date) -> int:
    """Return the days after which this enterprise must have checked itself."""
    rows = Enterprise.objects.filter(pk=enterprise.pk).annotate(risk=risk_colour())
    expression = longest_self_check(on=on)
    return rows.values_list(expression, flat=True)[0]
