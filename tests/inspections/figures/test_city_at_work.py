"""Every number of a month of hazard work equals the list that it opens."""

from datetime import date, timedelta

import pytest
import time_machine

from inspections import services
from inspections.figures.indicators import COUNTS
from inspections.figures.months import count_conduct
from inspections.figures.page import conduct_of
from inspections.models import ConductMonth
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import moment
from tests.factories.figures import standing as hazard
from tests.factories.inspections import finished, patrolled
from tests.factories.self_checks import accepted
from tests.inspections.figures.test_months import HERE, numbers
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=2)
THERE = "370522001"


@pytest.fixture(scope="module", autouse=True)
def city_at_work(stage):
    """Lists, hazards by the enterprise and by others, visits: each in two districts, some of it last month."""
    people, enterprise = stage.people, stage.enterprise
    elsewhere = make_enterprise("370522001001")
    accepted(people, enterprise)
    finished(people, enterprise)
    patrol = patrolled(people, enterprise)
    services.finish_visit(patrol, outcome="nothing", by=people.grid, at=AT + timedelta(days=2))
    for found_at in (moment(2026, 3, 2), moment(2026, 3, 4), moment(2026, 2, 20)):
        hazard(enterprise, found_at=found_at)
    hazard(
        enterprise,
        found_at=moment(2026, 3, 5),
        description="灭火器过期",
        category="fire",
        state="closed",
        closed_at=AT,
    )
    hazard(enterprise, found_at=moment(2026, 3, 6), source="inspection", category="fire")
    hazard(
        enterprise,
        found_at=moment(2026, 3, 6),
        source="inspection",
        category="electrical",
        description="配电箱无盖",
    )
    hazard(enterprise, found_at=moment(2026, 3, 6), state="not_hazard")
    hazard(elsewhere, found_at=moment(2026, 3, 1), deadline_on=date(2026, 3, 5))
    count_conduct(at=NOW)
    with time_machine.travel(NOW, tick=False):
        yield


def test_each_town_has_its_numbers():
    assert {name: n for name, n in numbers(HERE).items() if n} == {
        "required": 1,
        "compiled": 1,
        "accepted": 1,
        "inspected": 1,
        "tier_3": 1,
        "score": 70,
        "open": 5,
        "own_found": 1,
        "found": 5,
        "closed": 1,
        "seen_by_others": 2,
        "not_reported": 1,
        "visits": 2,
        "backfilled": 2,
        "inspections": 1,
        "facts": 1,
        "grid_patrols": 1,
    }
    there = numbers(THERE)
    assert (there["found"], there["overdue"], there["visits"]) == (1, 1, 0)


def test_a_repetition_in_the_same_words_is_counted_once():
    # Three times the same dust within thirty days: in March none of it is new, the extinguisher is.
    assert numbers(HERE)["own_found"] == 1
    assert numbers(HERE, date(2026, 2, 1))["own_found"] == 1


# The sum of the scores opens the enterprises that have them; every other number counts rows.
TALLIES = [count for count in COUNTS if count.column != "score"]


@pytest.mark.parametrize("count", TALLIES, ids=lambda count: count.column)
@pytest.mark.parametrize("place", ["", HERE, THERE])
def test_a_number_opens_exactly_its_rows(people, sign_in, count, place):
    now = conduct_of(people.city)
    expected = sum(numbers(town)[count.column] for town in (HERE, THERE) if place in ("", town))

    page = sign_in(people.city).get(count.url(now.period, **({"town": place} if place else {})))

    assert page.context["page"].total == expected


def test_what_stands_is_not_known_of_months_before_the_first_counting():
    row = ConductMonth.objects.get(month=date(2026, 2, 1), region=HERE)

    assert (row.required, row.found) == (None, 1)
