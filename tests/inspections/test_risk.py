"""The colour of an enterprise, and how rarely it may check itself at most."""

from datetime import date

import pytest

from enterprises.models import Enterprise
from inspections.models import SelfCheckList
from inspections.risk import colour_of, days_by_colour, longest_cycle, longest_self_check, risk_colour
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.factories.self_checks import composed
from tests.factories.sources import recorded

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        ({}, "blue"),
        ({"regulatory_category": "hazchem", "sub_category": "储存"}, "orange"),
        ({"regulatory_category": "hazchem", "sub_category": "加油站"}, "yellow"),
        ({"regulatory_category": "non_coal_mine", "sub_category": "尾矿库"}, "orange"),
        ({"regulatory_category": "non_coal_mine", "sub_category": "露天"}, "yellow"),
        ({"regulatory_category": "fireworks", "sub_category": "零售"}, "yellow"),
        ({"risk_tags": ["dust"]}, "orange"),
        ({"risk_tags": ["deep_well_casting"]}, "orange"),
        ({"risk_tags": ["rented", "spraying"]}, "yellow"),
        ({"risk_tags": ["labour_intensive"]}, "yellow"),
        ({"risk_tags": ["rented"]}, "blue"),
    ],
)
def test_kind_and_special_risks_give_the_colour(places, facts, colour):
    assert colour_of(make_enterprise(**facts)) == colour


@pytest.mark.parametrize(
    ("grade", "colour"), [(1, "red"), (2, "red"), (3, "orange"), (4, "orange"), (None, "blue")]
)
def test_a_major_hazard_source_raises_the_colour_by_its_grade(people, enterprise, grade, colour):
    unit = recorded(enterprise, people.enterprise)
    type(unit).objects.filter(pk=unit.pk).update(grade=grade)

    assert colour_of(enterprise) == colour


def test_a_source_that_was_taken_off_the_file_counts_no_more(people, enterprise):
    unit = recorded(enterprise, people.enterprise)
    type(unit).objects.filter(pk=unit.pk).update(grade=1, state="deregistered")

    assert colour_of(enterprise) == "blue"


def test_an_open_major_hazard_is_red_until_it_is_closed(people, enterprise):
    hazard = reported(enterprise, people.town, source="inspection")
    type(hazard).objects.filter(pk=hazard.pk).update(grade="major")
    assert colour_of(enterprise) == "red"

    type(hazard).objects.filter(pk=hazard.pk).update(state="closed")
    assert colour_of(enterprise) == "blue"


def test_many_enterprises_get_their_colours_by_one_question(
    enterprise, other_enterprise, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = dict(Enterprise.objects.values_list("pk", risk_colour()))

    assert found == {enterprise.pk: "blue", other_enterprise.pk: "yellow"}


def test_lists_have_the_colour_and_the_days_of_their_enterprises(people, enterprise, other_enterprise):
    row = composed(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(
        regulatory_category="hazchem", sub_category="储存", size="large"
    )
    longest = longest_self_check(on=DAY, path="enterprise__")
    said = SelfCheckList.objects.annotate(risk=risk_colour("enterprise__")).values_list("risk", longest)

    assert said.get(pk=row.pk) == (colour_of(enterprise), longest_cycle(enterprise, on=DAY))
    assert said.get(pk=row.pk)[0] == "orange"


def test_the_days_of_a_colour_stand_in_the_rulebook(db):
    assert days_by_colour("PATROL_GRID", on=DAY) == {"red": 7, "orange": 15, "yellow": 30, "blue": 90}


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, 30),
        ({"size": "micro"}, 30),
        ({"size": "large"}, 15),
        ({"risk_tags": ["spraying"]}, 15),
        ({"risk_tags": ["dust"], "size": "large"}, 7),
        ({"regulatory_category": "hazchem"}, 15),
    ],
)
def test_the_shortest_of_what_risk_and_size_ask_is_the_longest_cycle(places, facts, days):
    assert longest_cycle(make_enterprise(**facts), on=DAY) == days
