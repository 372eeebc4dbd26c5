"""Where the device was, and what that is worth."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import Visit
from inspections.visits.positions import Position
from tests.factories.enterprises import make_enterprise
from tests.people import AT

pytestmark = pytest.mark.django_db
SITE = {"latitude": "37.053000", "longitude": "118.407000"}


@pytest.fixture
def placed(people):
    return make_enterprise(grid_id="370523101001001", **SITE)


def patrol(people, enterprise, position, at=AT) -> Visit:
    return services.open_visit(enterprise, kind="grid_patrol", position=position, by=people.grid, at=at)


@pytest.mark.parametrize(
    ("position", "state"),
    [
        (Position(37.0531, 118.4071, 10), "near"),
        (Position(37.0580, 118.4070, 100), "near"),
        (Position(37.0700, 118.4070, 10), "far"),
        (Position(37.0700, 118.4070, 50_000), "far"),
        (Position(0, 0, 5), "implausible"),
        (Position(48.85, 2.35, 5), "implausible"),
        (None, "missing"),
    ],
    ids=["beside", "bad-fix", "away", "claims-to-know-nothing", "null-island", "abroad", "none"],
)
def test_a_position_is_weighed(people, placed, position, state):
    assert patrol(people, placed, position).position_state == state


def test_the_distance_is_kept_in_metres(people, placed):
    assert patrol(people, placed, Position(37.0620, 118.4070, 10)).distance == pytest.approx(1000, abs=5)


def test_where_the_enterprise_has_no_position_nothing_is_compared(people, enterprise):
    visit = patrol(people, enterprise, Position(37.05, 118.4, 10))
    assert (visit.position_state, visit.distance) == ("unplaced", None)


def test_nobody_is_at_two_ends_of_the_country_within_the_hour(people, placed):
    patrol(people, placed, Position(22.5, 114.0, 10))
    visit = patrol(people, placed, Position(37.0530, 118.4070, 10), at=AT + timedelta(hours=1))
    assert visit.position_state == "implausible"


def test_the_next_site_an_hour_later_can_be_true(people, placed):
    patrol(people, placed, Position(37.0000, 118.3000, 10))
    visit = patrol(people, placed, Position(37.0530, 118.4070, 10), at=AT + timedelta(hours=1))
    assert visit.position_state == "near"
