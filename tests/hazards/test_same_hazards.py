"""When two hazards are the same said twice, and when an inspector finds what the enterprise had reported itself."""

from datetime import timedelta

import pytest

from hazards.models import Hazard
from tests.factories.figures import standing
from tests.people import AT

pytestmark = pytest.mark.django_db
DAYS = 30


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

    assert second in Hazard.objects.said_first(DAYS)


def test_the_same_words_of_the_same_place_within_thirty_days_are_one(enterprise, other_enterprise):
    first = standing(enterprise)
    standing(enterprise, found_at=later(29))
    elsewhere = standing(other_enterprise, found_at=later(2))

    assert set(Hazard.objects.said_first(DAYS)) == {first, elsewhere}


def test_what_was_no_hazard_is_repeated_by_nothing(enterprise):
    standing(enterprise, state="not_hazard")
    second = standing(enterprise, found_at=later(3))

    assert second in Hazard.objects.said_first(DAYS)


def test_an_inspector_finds_what_the_enterprise_had_reported(enterprise):
    standing(enterprise, category="fire")
    known = standing(enterprise, source="inspection", category="fire", found_at=later(4))
    missed = standing(enterprise, source="inspection", category="electrical", found_at=later(4))
    found = Hazard.objects.filter(source="inspection")

    assert set(found.reported_before(DAYS)) == {known}
    assert set(found.reported_before(DAYS, yes=False)) == {missed}


def test_a_report_after_the_inspector_comes_too_late(enterprise):
    seen = standing(enterprise, source="inspection", category="fire")
    standing(enterprise, category="fire", found_at=later(1))

    assert seen in Hazard.objects.reported_before(DAYS, yes=False)
