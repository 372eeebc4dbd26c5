"""Reads of a major hazard source that feed a page: the calculation line by line, in the words of the standard."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from enterprises.models import SourceCalculation, SourceUnit
from enterprises.sources.gb18218 import Edition, shown
from enterprises.sources.tables import edition_named, editions


@dataclass(frozen=True)
class ShownLine:
    """One substance of the sum, every number with the table it was read from."""

    name: str
    cas: str
    quantity: str
    threshold: str
    threshold_from: str
    share: str
    beta: str
    beta_from: str
    weighted: str
    confirm: bool


@dataclass(frozen=True)
class ShownCalculation:
    """A calculation as the page writes it out."""

    row: SourceCalculation
    law: str
    lines: list[ShownLine]
    s: str
    is_source: bool
    residents: int
    alpha: str
    alpha_words: str
    weighted: str
    r: str
    grade_words: str
    needs_confirmation: bool


def written_out(calculation: SourceCalculation) -> ShownCalculation:
    """Return every step of a calculation, by the tables of the edition it was made by."""
    edition = edition_named(calculation.edition)
    lines = [shown_line(line) for line in calculation.lines]
    return ShownCalculation(
        row=calculation,
        law=edition.law,
        lines=lines,
        s=shown(calculation.s_value, [edition.least_source]),
        is_source=calculation.is_source,
        residents=calculation.residents_500m,
        alpha=plain(calculation.alpha),
        alpha_words=alpha_words(edition, calculation.residents_500m),
        weighted=shown(calculation.weighted, []),
        r=shown_r(edition, calculation.r_value),
        grade_words=grade_words(edition, calculation.grade),
        needs_confirmation=any(line.confirm for line in lines),
    )


def shown_line(line: dict[str, Any]) -> ShownLine:
    """Return one line with its sources in words."""
    number = line["number"]
    return ShownLine(
        name=line["name"],
        cas=line["cas"],
        quantity=plain(Decimal(line["quantity"])),
        threshold=plain(Decimal(line["threshold"])),
        threshold_from=_("table 1, no. %(no)s") % {"no": number}
        if number
        else _("table 2, %(symbol)s") % {"symbol": line["threshold_from"]},
        share=places_of(Decimal(line["share"])),
        beta=plain(Decimal(line["beta"])),
        beta_from=_("table 3")
        if line["beta_from"] == "table3"
        else _("table 4, %(symbol)s") % {"symbol": line["beta_from"]},
        weighted=places_of(Decimal(line["weighted"])),
        confirm=line["confirm"],
    )


def alpha_words(edition: Edition, residents: int) -> str:
    """Return the range of residents by which α was read."""
    least, _alpha = next(row for row in edition.alphas if residents >= row[0])
    above = [floor for floor, _alpha in edition.alphas if floor > least]
    if not above:
        return _("%(n)s or more") % {"n": least}
    most = min(above) - 1
    return str(least) if most == least else f"{least}–{most}"


def grade_words(edition: Edition, grade: int | None) -> str:
    """Return the range of R that makes the grade."""
    if grade is None:
        return ""
    least = next(floor for floor, of in edition.grades if of == grade)
    above = [floor for floor, _grade in edition.grades if floor > least]
    if not above:
        return f"R ≥ {plain(least)}"
    return f"R < {plain(min(above))}" if least == 0 else f"{plain(least)} ≤ R < {plain(min(above))}"


def shown_r(edition: Edition, r: Decimal) -> str:
    """Return R with two places, or more where two would put it into another grade."""
    return shown(r, [floor for floor, _grade in edition.grades])


def plain(value: Decimal) -> str:
    """Write a number without zeros at its end."""
    return f"{value.normalize():f}"


def places_of(value: Decimal) -> str:
    """Write a quotient with as many places as it has, two at least and six at most."""
    text = plain(value)
    _whole, _dot, after = text.partition(".")
    return text if len(after) >= 2 else f"{value:.2f}"


def in_figures(row: SourceCalculation | SourceUnit) -> None:
    """Hang S and R in words on a row of a table; a unit that was never calculated has none."""
    edition = edition_named(row.edition) if isinstance(row, SourceCalculation) else editions()[-1]
    row.s_words = "" if row.s_value is None else shown(row.s_value, [edition.least_source])
    row.r_words = "" if row.r_value is None else shown_r(edition, row.r_value)


def calculation_shown(
    unit: SourceUnit, asked: str
) -> tuple[list[SourceCalculation], SourceCalculation | None]:
    """Return every calculation of the unit and the one asked for by its key, else the newest."""
    rows = list(unit.calculations.select_related("by"))
    for row in rows:
        in_figures(row)
    chosen = next((row for row in rows if str(row.pk) == asked), None)
    return rows, chosen or next(iter(rows), None)
