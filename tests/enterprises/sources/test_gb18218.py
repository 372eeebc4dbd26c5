"""The arithmetic of GB 18218: the worked examples, the limits, and what holds for any amounts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.sources.gb18218 import (
    Amount,
    NoBeta,
    NoThreshold,
    UnknownCategory,
    UnknownNumber,
    compute,
    cut,
    shown,
)
from enterprises.sources.tables import NoEdition, edition_named, edition_on, editions

EDITION = edition_on(date(2026, 3, 10))
AMMONIA, PHOSGENE, CHLORINE, LPG, METHANOL, PETROL, FLUORINE = 1, 6, 12, 52, 65, 66, 5
WITH_BETA = sorted(no for no, row in EDITION.listed.items() if row.beta is not None)


def of(*rows: tuple[int, str], residents: int = 0):
    return compute(EDITION, [Amount(Decimal(q), number) for number, q in rows], residents)


@pytest.mark.parametrize(
    ("rows", "residents", "s", "r", "grade"),
    [
        ([(AMMONIA, "12")], 80, "1.2", "3.6", 4),
        ([(CHLORINE, "60")], 100, "12", "96", 2),
        ([(CHLORINE, "63")], 100, "12.6", "100.8", 1),
        ([(METHANOL, "3000")], 0, "6", "3", 4),
        ([(LPG, "1000")], 120, "20", "60", 2),
        ([(PHOSGENE, "0.3")], 10, "1", "20", 3),
    ],
    ids=["ammonia", "chlorine 60", "chlorine 63", "methanol", "lpg", "phosgene"],
)
def test_the_worked_examples_come_out(rows, residents, s, r, grade):
    result = of(*rows, residents=residents)

    assert (result.s, result.r, result.grade) == (Decimal(s), Decimal(r), grade)
    assert result.is_source


def test_less_than_the_threshold_in_sum_is_no_source_and_has_no_grade():
    result = of((LPG, "40"), (PETROL, "30"), residents=500)

    assert (result.s, result.is_source, result.grade) == (Decimal("0.95"), False, None)


def test_thirds_of_a_threshold_add_up_to_one():
    assert of((PHOSGENE, "0.1"), (PHOSGENE, "0.1"), (PHOSGENE, "0.1")).is_source


def test_a_hair_below_the_threshold_is_no_source_and_is_never_written_as_one():
    result = of((AMMONIA, "9.9999999"))

    assert not result.is_source
    assert result.s < 1


@pytest.mark.parametrize(
    ("residents", "alpha"),
    [(0, "0.5"), (1, "1.0"), (29, "1.0"), (30, "1.2"), (49, "1.2"), (50, "1.5"), (99, "1.5"), (100, "2.0")],
)
def test_alpha_changes_exactly_at_the_written_numbers(residents, alpha):
    assert EDITION.alpha(residents) == Decimal(alpha)


@pytest.mark.parametrize(
    ("r", "grade"),
    [("9.999999", 4), ("10", 3), ("49.999999", 3), ("50", 2), ("99.999999", 2), ("100", 1)],
)
def test_grades_change_exactly_at_the_written_limits(r, grade):
    assert EDITION.grade(Fraction(Decimal(r))) == grade


def test_a_substance_without_a_threshold_is_refused_by_name():
    with pytest.raises(NoThreshold, match="某种物料"):
        compute(EDITION, [Amount(Decimal(1), name="某种物料")], 0)


def test_a_listed_substance_without_beta_asks_for_its_category():
    with pytest.raises(NoBeta, match="氟"):
        of((FLUORINE, "2"))


def test_the_category_given_settles_a_beta_that_table_1_lacks_but_not_its_threshold():
    line = compute(EDITION, [Amount(Decimal(2), FLUORINE, categories=("J1",))], 0).lines[0]

    assert (line.threshold, line.beta, line.beta_from) == (Decimal(1), Decimal(4), "J1")


def test_table_3_stands_above_any_category():
    line = compute(EDITION, [Amount(Decimal(2), CHLORINE, categories=("W2",))], 0).lines[0]

    assert (line.beta, line.beta_from) == (Decimal(4), "table3")


def test_a_category_chosen_by_a_person_replaces_the_usual_one():
    usual = compute(EDITION, [Amount(Decimal(1), PETROL)], 0).lines[0]
    chosen = compute(EDITION, [Amount(Decimal(1), PETROL, categories=("W5.1",))], 0).lines[0]

    assert (usual.beta, usual.confirm) == (Decimal(1), True)
    assert (chosen.beta, chosen.confirm) == (Decimal("1.5"), False)


def test_of_several_categories_the_smallest_threshold_counts():
    line = compute(EDITION, [Amount(Decimal(2), name="混合物", categories=("W5.3", "J4"))], 0).lines[0]

    assert (line.threshold, line.beta, line.beta_from) == (Decimal(50), Decimal(2), "J4")


def test_of_categories_with_one_threshold_the_larger_beta_counts():
    line = compute(EDITION, [Amount(Decimal(2), name="混合物", categories=("W4", "J3"))], 0).lines[0]

    assert line.beta_from == "J3"


@pytest.mark.parametrize(
    ("amount", "error"),
    [
        (Amount(Decimal(1), 86), UnknownNumber),
        (Amount(Decimal(1), name="甲", categories=("W99",)), UnknownCategory),
        (Amount(Decimal(0), AMMONIA), ValueError),
    ],
    ids=["number", "category", "nothing"],
)
def test_what_the_tables_do_not_have_is_refused(amount, error):
    with pytest.raises(error):
        compute(EDITION, [amount], 0)


def test_fewer_than_no_residents_are_refused():
    with pytest.raises(ValueError):
        EDITION.alpha(-1)


quantities = st.decimals("0.0001", "100000", places=4)
amounts = st.builds(Amount, quantities, st.sampled_from(WITH_BETA))
people = st.integers(0, 5000)


@given(st.lists(amounts, max_size=8), people)
def test_a_source_is_graded_and_nothing_else_is(rows, residents):
    result = compute(EDITION, rows, residents)

    assert result.is_source == (result.grade is not None)
    assert result.is_source == (sum((line.exact_share for line in result.lines), Fraction(0)) >= 1)


@given(st.lists(amounts, max_size=6), amounts, people)
def test_more_of_anything_never_lowers_the_sum_or_the_grade(rows, more, residents):
    before, after = compute(EDITION, rows, residents), compute(EDITION, [*rows, more], residents)

    assert after.s >= before.s
    assert after.r >= before.r
    assert (after.grade or 5) <= (before.grade or 5)


@given(st.lists(amounts, min_size=1, max_size=6), people, people)
def test_more_neighbours_never_lower_the_grade_and_never_change_the_identification(rows, few, many):
    few, many = sorted((few, many))
    less, more = compute(EDITION, rows, few), compute(EDITION, rows, many)

    assert (less.s, less.is_source) == (more.s, more.is_source)
    assert (more.grade or 5) <= (less.grade or 5)


@given(st.lists(amounts, min_size=2, max_size=6), people, st.randoms())
def test_the_order_of_the_substances_does_not_matter(rows, residents, dice):
    mixed = rows[:]
    dice.shuffle(mixed)

    first, second = compute(EDITION, rows, residents), compute(EDITION, mixed, residents)
    assert (first.s, first.r, first.grade) == (second.s, second.r, second.grade)


@given(st.integers(1, 60), st.sampled_from(WITH_BETA))
def test_a_threshold_divided_into_equal_parts_is_still_one_threshold(parts, number):
    line = EDITION.listed[number]
    each = (line.threshold / parts).quantize(Decimal("0.000001"))
    rest = line.threshold - each * (parts - 1)

    result = compute(EDITION, [*[Amount(each, number)] * (parts - 1), Amount(rest, number)], 0)
    assert result.s == 1
    assert result.is_source


@given(st.fractions(0, 200))
def test_a_figure_as_shown_stands_on_the_side_of_each_limit_where_it_is(exact):
    limits = [Decimal(1), Decimal(10), Decimal(50), Decimal(100)]
    value = cut(exact)

    assert all((Decimal(shown(value, limits)) >= limit) == (exact >= limit) for limit in limits)


@pytest.mark.parametrize(
    ("value", "words"), [("99.999", "99.999"), ("3.6", "3.60"), ("0.996", "0.996"), ("12.345", "12.35")]
)
def test_two_places_are_shown_unless_they_would_mislead(value, words):
    assert shown(Decimal(value), [Decimal(1), Decimal(100)]) == words


def test_the_edition_of_2018_is_complete():
    assert sorted(EDITION.listed) == list(range(1, 86))
    assert len(EDITION.categories) == 24
    assert sum(row.beta_from == "table3" for row in EDITION.listed.values()) == 14
    assert all(row.category for row in EDITION.listed.values() if row.beta_from == "table4")


def cas_is_right(cas: str) -> bool:
    body, _dash, check = cas.rpartition("-")
    digits = body.replace("-", "")[::-1]
    return sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10 == int(check)


def test_every_cas_number_of_table_1_has_its_right_check_digit():
    numbers = [
        part.partition("（")[0] for row in EDITION.listed.values() for part in row.cas.split("；") if part
    ]

    assert [cas for cas in numbers if not cas_is_right(cas)] == []
    assert len(numbers) == 85


def test_before_the_standard_there_is_no_edition_on_hand():
    with pytest.raises(NoEdition):
        edition_on(date(2019, 2, 28))


def test_no_day_has_two_editions():
    found = editions()

    assert all(
        a.effective_to and a.effective_to < b.effective_from for a, b in zip(found, found[1:], strict=False)
    )
    assert edition_named("GB 18218-2018") is EDITION
