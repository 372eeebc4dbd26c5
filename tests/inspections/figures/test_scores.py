"""The scores of a district: of its enterprises, of what they find, of its grids; ranked, each with its list."""

import pytest
import time_machine
from django.utils import translation

from inspections.figures.indicators import BY_CODE
from inspections.figures.months import count_conduct
from inspections.figures.page import cells, conduct_of, figures
from inspections.figures.scores import grid_score, hazard_avg_score
from inspections.models import PatrolStop
from rulebook.places import Places
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import closed, moment
from tests.factories.figures import standing as hazard
from tests.factories.rulebook import make_parameter
from tests.factories.self_checks import accepted, make_route, patrol, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
CODES = (
    "CONDUCT_AVG_TARGET",
    "CONDUCT_AVG_FULL",
    "GRID_SCORE_PATROL",
    "GRID_SCORE_PRESENT",
    "GRID_SCORE_RECTIFY",
)


@pytest.fixture(autouse=True)
def in_english(people):
    with time_machine.travel(AT, tick=False), translation.override("en"):
        yield


@pytest.fixture
def numbers(db) -> Places:
    return Places(CODES, AT.date())


def scores_of(now):
    figure = next(each for each in figures(now) if each.code == "scores")
    return {row.label: [cell.text for cell in row.cells] for row in figure.rows}


@pytest.mark.parametrize(
    ("found", "required", "score"), [(60, 10, 10), (30, 10, 5), (90, 10, 10), (0, 10, 0), (5, 0, None)]
)
def test_what_is_found_scores_up_to_the_target(numbers, found, required, score):
    assert hazard_avg_score({"own_found": found, "required": required}, numbers, "") == score


def test_the_target_of_a_county_is_its_own(db):
    make_parameter("CONDUCT_AVG_TARGET", 3, jurisdiction="370523", unit="count")
    numbers, counts = Places(CODES, AT.date()), {"own_found": 3, "required": 1}

    assert (hazard_avg_score(counts, numbers, "370523"), hazard_avg_score(counts, numbers, "370522")) == (
        10,
        5,
    )


def test_what_did_not_occur_weighs_nothing_in_the_score_of_the_grids(numbers):
    counts = dict.fromkeys(
        ("stops_kept", "stops", "grid_present", "grid_patrols", "grid_closed", "grid_found"), 0
    )

    assert grid_score(counts, numbers, "") is None
    assert grid_score({**counts, "stops": 4, "stops_kept": 3}, numbers, "") == 75
    half = {**counts, "stops": 4, "stops_kept": 4, "grid_found": 2, "grid_closed": 1}
    assert round(grid_score(half, numbers, ""), 2) == 78.57


def test_districts_are_ranked_by_the_average_score_of_their_enterprises(people, enterprise):
    accepted(people, enterprise)
    make_enterprise("370523101001")
    count_conduct(at=AT)

    rows = scores_of(conduct_of(people.city))

    assert list(rows) == ["广饶县", "利津县"]
    assert rows["广饶县"][3] == "1 / 2"
    assert float(rows["广饶县"][0]) > float(rows["利津县"][0])


def test_an_average_opens_the_enterprises_that_it_is_of(people, enterprise):
    count_conduct(at=AT)
    now = conduct_of(people.county)
    whole, base, total = cells(now, BY_CODE["average_score"], now.total)

    assert float(whole.text) == float(total.text) / float(base.text)
    assert base.url == total.url
    assert "owes=true" in base.url


def test_patrols_and_hazards_of_the_grids_are_counted(people, enterprise):
    stop = stop_of(make_route(people), enterprise)
    patrol(people, stop, at=AT)
    hazard(enterprise, source="patrol", found_at=moment(2026, 3, 4))
    closed(enterprise, source="patrol", closed_at=moment(2026, 3, 9), found_at=moment(2026, 3, 2))
    PatrolStop.objects.update(next_on=AT.date().replace(day=1))
    count_conduct(at=AT)

    total = conduct_of(people.county).total
    wanted = {"stops": 1, "stops_kept": 0, "grid_patrols": 1, "grid_found": 2, "grid_closed": 1}
    assert {name: total[name] for name in wanted} == wanted


def test_what_ran_over_its_day_counts_until_it_is_cleared(people, enterprise):
    hazard(enterprise, deadline_on=moment(2026, 3, 5).date(), found_at=moment(2026, 3, 1))
    closed(enterprise, closed_at=moment(2026, 3, 9), late=True, found_at=moment(2026, 3, 2))
    count_conduct(at=AT)

    total = conduct_of(people.county).total
    assert (total["lapsed"], total["cleared"]) == (2, 1)
