"""What is done every night in sets goes by the numbers of each place: a county that asks for more gets it there alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from deadlines import services as deadlines
from deadlines.sweeping import sweep
from hazards import services as hazards
from hazards.models import Hazard
from inspections.figures.standing import rate
from inspections.models import SelfCheckList, Standing
from inspections.risk import longest_cycle
from inspections.self_checks.clock import bring_forward
from tests.factories.hazards import rectifying
from tests.factories.rulebook import make_parameter
from tests.factories.self_checks import accepted, clock_of, day, make_town_route, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
HERE, THERE = "370523", "370522"
TODAY = localdate(AT)


@pytest.fixture
def in_use(people, enterprise) -> SelfCheckList:
    return accepted(people, enterprise)


def test_a_county_that_wants_checks_more_often_has_its_own_cycle(people, enterprise, other_enterprise):
    make_parameter("SELFCHECK_CYCLE_BLUE", 10, jurisdiction=HERE)

    assert longest_cycle(enterprise, on=TODAY) == 10
    assert longest_cycle(other_enterprise, on=TODAY) == 15


@pytest.mark.parametrize(("place", "days"), [(HERE, 10), (THERE, None)])
def test_the_night_brings_forward_what_the_county_wants_sooner(people, in_use, place, days):
    before = in_use.next_check_on
    make_parameter("SELFCHECK_CYCLE_BLUE", 10, jurisdiction=place)

    assert bring_forward(at=AT) == (1 if days else 0)
    in_use.refresh_from_db()
    assert in_use.next_check_on == (day(AT, 10) if days else before)


@pytest.mark.parametrize(("place", "days"), [(HERE, 60), ("370523101", 60), (THERE, 360)])
def test_a_route_goes_by_the_cycle_of_its_place(people, enterprise, place, days):
    make_parameter("PATROL_TOWN_BLUE", 60, jurisdiction=place)

    assert stop_of(make_town_route(people), enterprise).cycle_days == days


def test_an_enterprise_is_scored_by_the_weights_of_its_county(people, enterprise, other_enterprise):
    make_parameter("CONDUCT_OVERDUE", 35, jurisdiction=HERE, unit="count")
    rate(on=TODAY)
    scores = dict(Standing.objects.values_list("enterprise", "score"))

    assert scores[enterprise.pk] - scores[other_enterprise.pk] == 25


@pytest.mark.parametrize(("place", "days"), [(HERE, 3), (THERE, 7)])
def test_progress_is_asked_for_as_often_as_the_county_wants(people, enterprise, place, days):
    make_parameter("HAZARD_WEEKLY_PROGRESS", 3, jurisdiction=place)
    row = rectifying(people, enterprise)
    Hazard.objects.filter(pk=row.pk).update(grade="major")

    assert hazards.ask_for_progress(at=AT) == (1, 0)

    assert clock_of(row, "hazards.progress").due_on == day(AT, days)


@pytest.mark.parametrize(("place", "anew"), [(HERE, 1), (THERE, 0)])
def test_a_missed_report_is_asked_for_anew_after_the_county_s_own_time(people, enterprise, place, anew):
    make_parameter("HAZARD_WEEKLY_PROGRESS", 3, jurisdiction=place)
    row = rectifying(people, enterprise)
    Hazard.objects.filter(pk=row.pk).update(grade="major")
    hazards.ask_for_progress(at=AT)
    deadlines.start(row, "hazards.progress", at=AT, due_on=day(AT, 3))
    sweep(AT + timedelta(days=5))

    assert hazards.ask_for_progress(at=AT + timedelta(days=8)) == (0, anew)
