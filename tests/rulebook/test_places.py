"""The numbers of the rulebook in sets: what one place says itself, what holds elsewhere, in Python, a query, a statement."""

from datetime import date

import pytest
from django.db import connection

from enterprises.models import Enterprise
from rulebook.places import Places, whole
from rulebook.services import RuleNotFound
from tests.factories.enterprises import make_enterprise
from tests.factories.rulebook import make_parameter

DAY = date(2026, 3, 10)
CODE = "ORDER_REVIEW"


@pytest.fixture
def numbers(db) -> Places:
    """Five in the country; of their own a province, a county and a town in it."""
    for value, place in ((5, ""), (4, "37"), (3, "370523"), (2, "370523102")):
        make_parameter(CODE, value, jurisdiction=place, unit="workday")
    return Places([CODE], DAY)


@pytest.mark.parametrize(
    ("region", "value"),
    [("", 5), ("320105", 5), ("370522001", 4), ("370523101001", 3), ("370523102001", 2)],
)
def test_the_most_specific_place_wins(numbers, region, value):
    assert whole(numbers.of(CODE, region)) == value


def test_places_are_named_the_smallest_first(numbers):
    assert numbers.special(CODE) == ["370523102", "370523", "37"]


def test_one_query_answers_for_every_place(numbers, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [whole(numbers.of(CODE, place)) for place in ("", "37", "370523")] == [5, 4, 3]


def test_what_no_place_says_is_no_number(db):
    with pytest.raises(RuleNotFound, match="NO_SUCH"):
        Places(["NO_SUCH"], DAY).of("NO_SUCH", "370523")


@pytest.mark.parametrize(
    ("region", "value", "label"),
    [("370522001001", 4, "37"), ("370523101001", 3, "370523"), ("370523102001", 2, "370523102")],
)
def test_query_and_statement_say_the_same(numbers, places, region, value, label):
    row = make_enterprise(region)
    words, given = numbers.sql(CODE, "e")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {words} FROM enterprises_enterprise e WHERE id = %(id)s", {**given, "id": row.pk}
        )  # noqa: S608
        stated = cursor.fetchone()[0]

    asked = Enterprise.objects.annotate(n=numbers.expression(CODE), place=numbers.label()).get(pk=row.pk)
    assert (stated, asked.n, asked.place) == (value, value, label)


def test_where_no_place_differs_the_statement_has_one_mark(db):
    make_parameter(CODE, 5)
    assert Places([CODE], DAY).sql(CODE, "e") == ("%(order_review)s", {"order_review": 5})
