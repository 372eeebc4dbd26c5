"""When two hazards are the same said twice, and when an inspector finds what the enterprise had reported itself."""

from datetime import date, timedelta

import pytest

from hazards.models import Hazard
from rulebook.models import Parameter
from rulebook.services import enter_parameter
from tests.factories.figures import standing
from tests.people import AT

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def later(days: int):
    return AT + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "facts"),
    [(31, {}), (5, {"place": "仓库"}), (5, {"description": "灭火器过期"})],
    ids=["after thirty days", "another place", "other words"],
)
def test_it_is_a_new_hazard(enterprise, days, facts):
    standing(enterprise)
    second = standing(enterprise, found_at=later(days), **facts)

    assert second in Hazard.objects.said_first(DAY)


def test_the_same_words_of_the_same_place_within_thirty_days_are_one(enterprise, other_enterprise):
    first = standing(enterprise)
    standing(enterprise, found_at=later(29))
    elsewhere = standing(other_enterprise, found_at=later(2))

    assert set(Hazard.objects.said_first(DAY)) == {first, elsewhere}


def test_what_was_no_hazard_is_repeated_by_nothing(enterprise):
    standing(enterprise, state="not_hazard")
    second = standing(enterprise, found_at=later(3))

    assert second in Hazard.objects.said_first(DAY)


def test_an_inspector_finds_what_the_enterprise_had_reported(enterprise):
    standing(enterprise, category="fire")
    known = standing(enterprise, source="inspection", category="fire", found_at=later(4))
    missed = standing(enterprise, source="inspection", category="electrical", found_at=later(4))
    found = Hazard.objects.filter(source="inspection")

    assert set(found.reported_before(DAY)) == {known}
    assert set(found.reported_before(DAY, yes=False)) == {missed}


def test_a_report_after_the_inspector_comes_too_late(enterprise):
    seen = standing(enterprise, source="inspection", category="fire")
    standing(enterprise, category="fire", found_at=later(1))

    assert seen in Hazard.objects.reported_before(DAY, yes=False)


def test_the_days_are_those_of_the_place(enterprise, other_enterprise):
    enter_parameter(
        Parameter(
            code="HAZARD_SAME_DAYS",
            name="视为同一隐患的间隔",
            value=3,
            unit="day",
            jurisdiction="370523",
            basis="试验",
            mark="D",
            effective_from=DAY,
        ),
        by=None,
        at=AT,
        reason="试验",
    )
    for each in (enterprise, other_enterprise):
        standing(each)
    here = standing(enterprise, found_at=later(4))
    there = standing(other_enterprise, found_at=later(4))

    found = set(Hazard.objects.said_first(DAY))

    assert here in found
    assert there not in found
