"""The number that held on the day of the fact, where the fact was."""

from contextlib import nullcontext
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from rulebook.holding import numbers_held
from rulebook.models import Parameter
from rulebook.services import RuleNotFound, parameter
from tests.factories.rulebook import make_law, make_parameter

ON = date(2026, 3, 10)


def test_the_number_of_the_day_is_given(db):
    make_parameter(value=15, effective_from=date(2020, 1, 1), effective_to=date(2025, 12, 31))
    make_parameter(value=20, effective_from=date(2026, 1, 1))
    assert parameter("PAY_FINE", on=date(2025, 12, 31)).amount == 15
    assert parameter("PAY_FINE", on=date(2026, 1, 1)).amount == 20


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("", 1),
        ("44", 1),
        ("37", 2),
        ("370523", 3),
        ("370522101001", 3),
        ("370523101", 4),
        ("370523101001", 4),
        ("370523101001001", 4),
    ],
)
def test_the_most_specific_jurisdiction_wins(db, region, expected):
    for value, jurisdiction in ((1, ""), (2, "37"), (3, "3705"), (4, "370523101")):
        make_parameter(value=value, jurisdiction=jurisdiction)
    assert parameter("PAY_FINE", on=ON, region=region).amount == expected


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(
    ("region", "subject", "expected"),
    [
        ("44", "", 1),
        ("44", "RED", 2),
        ("44", "BLUE", 1),
        ("37", "RED", 3),
        ("37", "BLUE", 1),
        ("370523", "RED", 4),
        ("370523", "BLUE", 4),
    ],
)
def test_of_the_most_specific_place_the_number_of_the_class_wins(db, held, region, subject, expected):
    for value, (jurisdiction, suffix) in enumerate(
        (("", ""), ("", "_RED"), ("37", "_RED"), ("3705", "")), start=1
    ):
        make_parameter(f"PAY_FINE{suffix}", value, jurisdiction=jurisdiction)
    with numbers_held() if held else nullcontext():
        assert parameter("PAY_FINE", on=ON, region=region, subject=subject).amount == expected


def test_a_local_number_that_has_ended_gives_way_to_the_national_one(db):
    make_parameter(value=1)
    make_parameter(value=2, jurisdiction="37", effective_to=date(2025, 12, 31))
    assert parameter("PAY_FINE", on=ON, region="370523").amount == 1


def test_a_number_of_another_place_is_no_answer(db):
    make_parameter(jurisdiction="32")
    with pytest.raises(RuleNotFound):
        parameter("PAY_FINE", on=ON, region="370523")


def test_a_lookup_that_finds_nothing_names_what_it_sought(db):
    with pytest.raises(RuleNotFound, match="NO_SUCH on 2026-03-10 for 370523"):
        parameter("NO_SUCH", on=ON, region="370523")


def test_before_its_first_day_a_number_is_not_law(db):
    make_parameter(effective_from=date(2021, 7, 15))
    with pytest.raises(RuleNotFound):
        parameter("PAY_FINE", on=date(2021, 7, 14))


def test_a_lookup_is_one_query(db, django_assert_num_queries):
    make_parameter(law=make_law())
    with django_assert_num_queries(1):
        assert parameter("PAY_FINE", on=ON, region="370523101001").source


def test_two_rows_may_not_hold_on_one_day(db):
    make_parameter(effective_to=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="rulebook_parameter_one_a_day"), transaction.atomic():
        make_parameter(effective_from=date(2026, 1, 1))
    make_parameter(effective_from=date(2026, 1, 2))
    make_parameter(jurisdiction="37")


def test_a_number_rests_on_a_law_or_on_words(db):
    with pytest.raises(IntegrityError, match="has_a_basis"), transaction.atomic():
        make_parameter(basis="")


def test_nobody_changes_a_number_in_place(db):
    row = make_parameter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Parameter.objects.filter(pk=row.pk).update(value=99)
    row.value = 99
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_nobody_deletes_a_number(db):
    make_parameter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Parameter.objects.all().delete()


@pytest.mark.parametrize(
    ("value", "amount", "kind"), [("15", 15, int), ("200.0000", 200, int), ("0.15", Decimal("0.15"), Decimal)]
)
def test_an_amount_is_whole_where_it_can_be(db, value, amount, kind):
    make_parameter(value=value)
    found = parameter("PAY_FINE", on=ON).amount
    assert found == amount
    assert isinstance(found, kind)


@pytest.mark.parametrize(
    ("mark", "confirmed", "statutory", "standing"),
    [
        ("V", True, True, "Statutory"),
        ("V2", True, True, "Statutory"),
        ("M", True, True, "Statutory"),
        ("S3", True, False, "Local practice"),
        ("M-", False, False, "Platform default"),
        ("D", False, False, "Platform default"),
    ],
)
def test_what_is_not_confirmed_is_never_called_law(db, mark, confirmed, statutory, standing):
    row = make_parameter(mark=mark)
    assert (row.confirmed, row.is_statutory) == (confirmed, statutory)
    with translation.override("en"):
        assert row.standing == standing


def test_people_read_the_number_with_its_unit_and_source(db):
    row = make_parameter(value=20000, unit="yuan", law=make_law("APL", title="行政处罚法"), article=63)
    with translation.override("en"):
        assert row.quantity == "20,000 yuan"
        assert make_parameter("YES", 1, unit="flag").quantity == "Yes"
    assert row.source == "《行政处罚法》第六十三条"
    assert row.basis_url.endswith("/APL/#a63")
    assert make_parameter("WORDS", basis="平台默认").source == "平台默认"


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [(1, "hour", "1 hour"), (2, "hour", "2 hours"), (1, "workday", "1 working day"), (0, "day", "0 days")],
)
def test_a_single_one_is_written_in_the_singular(db, number, unit, words):
    with translation.override("en"):
        assert make_parameter("ONE", number, unit=unit).quantity == words
