"""The months of hazard work: every number equals the list that it opens."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from hazards.periods import Period
from inspections import services
from inspections.figures.indicators import COUNTS, INDICATORS
from inspections.figures.months import FLOWS, STATES, count_conduct
from inspections.figures.page import conduct_of
from inspections.models import ConductMonth
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import moment
from tests.factories.figures import standing as hazard
from tests.factories.inspections import finished, patrolled
from tests.factories.self_checks import accepted, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=2)
HERE, THERE = "370523101", "370522001"


@pytest.fixture
def city_at_work(people, enterprise):
    """Lists, hazards by the enterprise and by others, visits: each in two districts, some of it last month."""
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


def numbers(town: str, month: date = date(2026, 3, 1)) -> dict[str, int]:
    rows = ConductMonth.objects.filter(month=month, region=town).values(*STATES, *FLOWS)
    return {name: sum(row[name] or 0 for row in rows) for name in (*STATES, *FLOWS)}


def test_each_town_has_its_numbers(city_at_work):
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


def test_a_repetition_in_the_same_words_is_counted_once(city_at_work):
    # Three times the same dust within thirty days: in March none of it is new, the extinguisher is.
    assert numbers(HERE)["own_found"] == 1
    assert numbers(HERE, date(2026, 2, 1))["own_found"] == 1


# The sum of the scores opens the enterprises that have them; every other number counts rows.
TALLIES = [count for count in COUNTS if count.column != "score"]


@pytest.mark.parametrize("count", TALLIES, ids=lambda count: count.column)
@pytest.mark.parametrize("place", ["", HERE, THERE])
def test_a_number_opens_exactly_its_rows(city_at_work, people, sign_in, count, place):
    now = conduct_of(people.city)
    expected = sum(numbers(town)[count.column] for town in (HERE, THERE) if place in ("", town))

    page = sign_in(people.city).get(count.url(now.period, **({"town": place} if place else {})))

    assert page.context["page"].total == expected


def test_what_stands_is_not_known_of_months_before_the_first_counting(city_at_work):
    row = ConductMonth.objects.get(month=date(2026, 2, 1), region=HERE)

    assert (row.required, row.found) == (None, 1)


def test_a_hazard_closed_in_the_next_month_still_stands_in_its_own(people, enterprise):
    late = hazard(enterprise, found_at=moment(2026, 3, 30))
    count_conduct(at=moment(2026, 3, 31))
    assert numbers(HERE)["closed"] == 0

    type(late).objects.filter(pk=late.pk).update(state="closed", closed_at=moment(2026, 4, 2))
    count_conduct(at=moment(2026, 4, 3))

    held = numbers(HERE)
    assert (held["found"], held["closed"], held["required"]) == (1, 1, 1)


def test_what_went_away_is_counted_away(people, enterprise):
    row = hazard(enterprise, found_at=moment(2026, 3, 9))
    count_conduct(at=AT)
    assert numbers(HERE)["found"] == 1

    type(row).objects.filter(pk=row.pk).update(state="not_hazard")
    count_conduct(at=AT)

    assert numbers(HERE)["found"] == 0


def test_every_indicator_divides_numbers_that_are_kept():
    known = {count.column for count in COUNTS}

    assert {column for each in INDICATORS for column in (each.base, each.part)} <= known
    assert known == {*STATES, *FLOWS}


def test_an_address_of_a_month_names_its_first_and_last_day():
    period = Period.month(date(2026, 2, 3), today=date(2026, 3, 1))
    found = next(count for count in COUNTS if count.column == "found")

    query = parse_qs(urlsplit(found.url(period)).query)

    assert (query["found_after"], query["found_before"]) == (["2026-02-01"], ["2026-02-28"])


def test_a_list_that_waits_is_compiled_and_not_accepted(people, enterprise):
    submitted(people, enterprise)

    count_conduct(at=AT)

    held = numbers(HERE)
    assert (held["compiled"], held["accepted"]) == (1, 0)
