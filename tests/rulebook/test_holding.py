"""Numbers held in memory answer as the table does, and are read by one query."""

from datetime import date

import pytest

from rulebook.holding import numbers_held
from rulebook.models import Mark, Parameter, Unit
from rulebook.places import Places, whole
from rulebook.services import RuleNotFound, parameter
from tests.people import AT

pytestmark = pytest.mark.django_db
DAYS = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 6, 30), date(2020, 7, 1), date(2030, 1, 1))
PLACES = ("", "37", "3705", "370523", "370523101001", "3201")


@pytest.fixture
def of_places():
    """A number of the country that was changed once, one of a city, one of a county until a day, and a mistaken one."""
    rows = [
        ("", 10, "2020-01-01", "2020-06-30"),
        ("", 20, "2020-07-01", None),
        ("3705", 30, "2020-01-01", None),
    ]
    rows.append(("370523", 40, "2020-01-01", "2020-06-30"))
    for place, value, since, until in rows:
        enter(place, value, since, until)
    Parameter.objects.filter(pk=enter("37", 99, "2020-01-01", None).pk).update(
        withdrawn_at="2020-01-02T00:00Z"
    )


def enter(place, value, since, until):
    """Write a row of the table."""
    return Parameter.objects.create(
        code="TRIAL_DAYS",
        name="试用",
        value=value,
        unit=Unit.DAY,
        jurisdiction=place,
        mark=Mark.DEFAULT,
        basis="试用",
        effective_from=since,
        effective_to=until,
    )


def answers():
    """Return what is answered for every day and place."""
    return {(day, place): answer(day, place) for day in DAYS for place in PLACES}


def answer(day, place):
    """Return the number, or that there is none."""
    try:
        return int(parameter("TRIAL_DAYS", on=day, region=place).amount)
    except RuleNotFound:
        return None


def test_what_is_held_answers_as_the_table_does(of_places):
    asked = answers()
    with numbers_held():
        held = answers()

    assert held == asked
    assert set(asked.values()) == {None, 10, 20, 30, 40}


def test_numbers_that_are_held_are_read_by_one_query(of_places, django_assert_num_queries):
    with django_assert_num_queries(1), numbers_held():
        answers()
        assert parameter("TRIAL_DAYS", on=DAYS[1]).law is None


def test_after_the_block_the_table_is_asked_again(of_places):
    with numbers_held():
        Parameter.objects.filter(code="TRIAL_DAYS", jurisdiction="370523").update(withdrawn_at=AT)
        assert answer(DAYS[1], "370523") == 40

    assert answer(DAYS[1], "370523") == 30


def test_a_number_unknown_to_the_held_ones_is_refused_as_ever():
    with numbers_held(), pytest.raises(RuleNotFound):
        parameter("NO_SUCH_NUMBER", on=DAYS[1])


def places_say():
    """Return what is answered for every day and place by those who ask for all places at once."""
    said = {}
    for day in DAYS:
        places = Places(["TRIAL_DAYS"], day)
        for place in PLACES:
            try:
                said[day, place] = whole(places.of("TRIAL_DAYS", place))
            except RuleNotFound:
                said[day, place] = None
    return said


def test_all_places_at_once_are_answered_alike_from_memory(of_places, django_assert_num_queries):
    asked = places_say()
    with numbers_held(), django_assert_num_queries(0):
        assert places_say() == asked
    assert asked == answers()
