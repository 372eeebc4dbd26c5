"""How fast somebody can have come from the last site, at the border of what is possible."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import Visit
from inspections.visits.positions import Position
from tests.factories.enterprises import make_enterprise
from tests.people import AT

pytestmark = pytest.mark.django_db
# A degree of latitude is 111 195 metres.
DEGREE = 111_195
SITE = Position(37.0, 118.4, 10)


@pytest.fixture
def placed(people):
    return make_enterprise(grid_id="370523101001001", latitude="37.000000", longitude="118.400000")


def patrol(people, enterprise, position, at=AT, **about) -> str:
    visit = services.open_visit(
        enterprise, kind="grid_patrol", position=position, by=people.grid, at=at, **about
    )
    return visit.position_state


def away(metres: float) -> Position:
    return Position(SITE.latitude - metres / DEGREE, SITE.longitude, 10)


@pytest.mark.parametrize(("kilometres", "state"), [(349, "near"), (351, "implausible")])
def test_nobody_is_faster_than_the_fastest_train(people, placed, kilometres, state):
    patrol(people, placed, away(kilometres * 1000))

    assert patrol(people, placed, SITE, at=AT + timedelta(hours=1)) == state


@pytest.mark.parametrize(("metres", "state"), [(4_900, "near"), (5_100, "implausible")])
def test_a_stray_fix_in_the_same_second_is_no_jump(people, placed, metres, state):
    patrol(people, placed, away(metres))

    assert patrol(people, placed, SITE) == state


def test_what_was_far_away_half_a_day_ago_proves_nothing(people, placed):
    patrol(people, placed, Position(22.5, 114.0, 10))

    assert patrol(people, placed, SITE, at=AT + timedelta(hours=12, seconds=1)) == "near"


def test_an_impossible_position_is_no_witness_against_the_next_one(people, placed):
    patrol(people, placed, Position(0, 0, 5))

    assert patrol(people, placed, SITE, at=AT + timedelta(minutes=5)) == "near"


def test_somebody_else_may_be_elsewhere_at_the_same_time(people, placed):
    patrol(people, placed, Position(22.5, 114.0, 10))
    Visit.objects.update(started_by=people.town)

    assert patrol(people, placed, SITE, at=AT + timedelta(minutes=5)) == "near"


def test_a_visit_typed_in_later_is_weighed_by_when_it_began(people, placed):
    patrol(people, placed, away(50_000))

    # An hour after the first one, by its own word, although it is typed in within the minute.
    later = AT + timedelta(hours=2)
    patrol(people, placed, SITE, at=later)
    begun = AT + timedelta(hours=1)
    assert patrol(people, placed, SITE, at=later + timedelta(minutes=1), started_at=begun) == "near"
