"""The arithmetic of GB 18218: identification S = Σ q/Q and grading R = α · Σ β·q/Q. No database, no present time.

Amounts and table values are Decimals in tonnes. Sums are compared as exact fractions, because thirds of a threshold
must add up to one: nothing is rounded before it is compared. What is given back is cut, never rounded up, so that a
figure on paper cannot lie on the other side of a limit from the exact one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

PLACES = 6
SHOWN_PLACES = 2


class MissingTableValue(ValueError):
    """The tables cannot answer for a substance; nothing is guessed in its place."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoThreshold(MissingTableValue):
    """A substance without Q: not in table 1, and no hazard category of table 2 was given."""


class NoBeta(MissingTableValue):
    """A substance of table 1 whose β follows from its hazard category, which was not given."""


class UnknownNumber(MissingTableValue):
    """A number that table 1 of this edition does not have."""


class UnknownCategory(MissingTableValue):
    """A symbol that table 2 of this edition does not have."""


@dataclass(frozen=True)
class Listed:
    """One line of table 1: the threshold Q in tonnes, and β where table 3 or the usual category gives it."""

    no: int
    name: str
    alias: str
    cas: str
    threshold: Decimal
    beta: Decimal | None = None
    beta_from: str = ""
    category: str = ""
    confirm: bool = False


@dataclass(frozen=True)
class Category:
    """One line of tables 2 and 4: a hazard category, its threshold Q in tonnes and its β."""

    symbol: str
    words: str
    threshold: Decimal
    beta: Decimal


@dataclass(frozen=True)
class Edition:
    """The tables of one edition of the standard, and the days on which it holds."""

    code: str
    law: str
    effective_from: date
    effective_to: date | None
    least_source: Decimal
    alphas: tuple[tuple[int, Decimal], ...]
    grades: tuple[tuple[Decimal, int], ...]
    categories: Mapping[str, Category]
    listed: Mapping[int, Listed]

    def holds_on(self, day: date) -> bool:
        """Say whether the edition is in force on the day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def alpha(self, residents: int) -> Decimal:
        """Return α for the permanent residents within 500 m outside the plant's boundary."""
        if residents < 0:
            raise ValueError("There are no fewer than nobody.")
        return next(alpha for least, alpha in self.alphas if residents >= least)

    def grade(self, r: Fraction) -> int:
        """Return the grade of an exact R: 1 is the highest."""
        return next(grade for least, grade in self.grades if r >= Fraction(least))


@dataclass(frozen=True)
class Amount:
    """What is present of one substance, as the design's maximum in tonnes: by its number in table 1, or by category."""

    quantity: Decimal
    number: int | None = None
    name: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One substance of the sum, with the table values it was counted by and where they stand."""

    name: str
    cas: str
    number: int | None
    quantity: Decimal
    threshold: Decimal
    threshold_from: str
    beta: Decimal
    beta_from: str
    confirm: bool = False

    @property
    def exact_share(self) -> Fraction:
        """q/Q, exactly."""
        return Fraction(self.quantity) / Fraction(self.threshold)

    @property
    def exact_weighted(self) -> Fraction:
        """β·q/Q, exactly."""
        return Fraction(self.beta) * self.exact_share

    @property
    def share(self) -> Decimal:
        """q/Q, cut to six places."""
        return cut(self.exact_share)

    @property
    def weighted(self) -> Decimal:
        """β·q/Q, cut to six places."""
        return cut(self.exact_weighted)


@dataclass(frozen=True)
class Result:
    """What the standard says about one unit. A unit below the threshold is no source and has no grade."""

    edition: str
    lines: tuple[Line, ...]
    residents: int
    s: Decimal
    alpha: Decimal
    weighted: Decimal
    r: Decimal
    is_source: bool
    grade: int | None


def compute(edition: Edition, amounts: Iterable[Amount], residents: int) -> Result:
    """Identify and grade one unit. Raises a MissingTableValue for a substance without Q or without β."""
    lines = tuple(line_of(edition, amount) for amount in amounts)
    total = sum((line.exact_share for line in lines), Fraction(0))
    weighted = sum((line.exact_weighted for line in lines), Fraction(0))
    alpha = edition.alpha(residents)
    r = Fraction(alpha) * weighted
    is_source = total >= Fraction(edition.least_source)
    return Result(
        edition=edition.code,
        lines=lines,
        residents=residents,
        s=cut(total),
        alpha=alpha,
        weighted=cut(weighted),
        r=cut(r),
        is_source=is_source,
        grade=edition.grade(r) if is_source else None,
    )


def line_of(edition: Edition, amount: Amount) -> Line:
    """Find Q and β of one substance."""
    if amount.quantity <= 0:
        raise ValueError("An amount is more than nothing.")
    for symbol in amount.categories:
        if symbol not in edition.categories:
            raise UnknownCategory(symbol)
    return _of_category(edition, amount) if amount.number is None else _of_table_1(edition, amount)


def _of_table_1(edition: Edition, amount: Amount) -> Line:
    known = edition.listed.get(amount.number or 0)
    if known is None:
        raise UnknownNumber(str(amount.number))
    beta, source, confirm = known.beta, known.beta_from, known.confirm
    if source == "table4":
        source, confirm = known.category, True
    if known.beta_from != "table3" and amount.categories:
        # Of several categories the one that weighs most: Q is fixed by table 1 and decides nothing here.
        category = max((edition.categories[symbol] for symbol in amount.categories), key=lambda c: c.beta)
        beta, source, confirm = category.beta, category.symbol, False
    if beta is None:
        raise NoBeta(known.name)
    return Line(
        known.name,
        known.cas,
        known.no,
        amount.quantity,
        known.threshold,
        "table1",
        beta,
        source,
        confirm,
    )


def _of_category(edition: Edition, amount: Amount) -> Line:
    if not amount.categories:
        raise NoThreshold(amount.name)
    # Several categories: the smallest Q; where two are alike, the larger β.
    category = min(
        (edition.categories[symbol] for symbol in amount.categories), key=lambda c: (c.threshold, -c.beta)
    )
    return Line(
        amount.name,
        "",
        None,
        amount.quantity,
        category.threshold,
        category.symbol,
        category.beta,
        category.symbol,
    )


def cut(value: Fraction, places: int = PLACES) -> Decimal:
    """Write a fraction as a Decimal, cut and never rounded up."""
    return _written(value, places, ROUND_DOWN)


def shown(value: Decimal, limits: Iterable[Decimal]) -> str:
    """Write a figure with two places, or with as many as keep it on its own side of every limit."""
    limits = tuple(limits)
    for places in range(SHOWN_PLACES, PLACES + 1):
        rounded = _written(Fraction(value), places, ROUND_HALF_UP)
        if all((rounded >= limit) == (value >= limit) for limit in limits):
            return f"{rounded:f}"
    return f"{value:f}"


def _written(value: Fraction, places: int, rounding: str) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)
