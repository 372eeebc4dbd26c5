"""The arithmetic of visits for any numbers: distances, what is near, what is a jump, what was typed in later."""

from datetime import timedelta
from math import cos, radians

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspections.models import Visit
from inspections.visits import positions
from inspections.visits.positions import Position
from inspections.visits.services.finishing import is_backfilled
from tests.people import AT

anywhere = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
in_the_city = st.builds(Position, st.floats(36.9, 38.2), st.floats(118.0, 119.2))
HALF_ROUND = 20_015_087
with_database = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def metres(here: Position, there: Position) -> int:
    return here.metres_to(there.latitude, there.longitude)


@given(anywhere, anywhere)
def test_a_distance_is_the_same_both_ways_and_at_most_half_round_the_earth(here, there):
    assert metres(here, there) == metres(there, here)
    assert 0 <= metres(here, there) <= HALF_ROUND


@given(anywhere)
def test_from_a_place_to_itself_there_is_no_way(here):
    assert metres(here, here) == 0


@given(anywhere, anywhere, anywhere)
def test_no_way_round_is_shorter_than_the_way(here, by_way_of, there):
    # Each distance is rounded to the metre.
    assert metres(here, there) <= metres(here, by_way_of) + metres(by_way_of, there) + 2


@given(in_the_city, in_the_city)
def test_within_the_city_it_is_what_a_flat_map_says(here, there):
    north = (there.latitude - here.latitude) * 111_195
    east = (there.longitude - here.longitude) * 111_195 * cos(radians((here.latitude + there.latitude) / 2))
    assert metres(here, there) == pytest.approx((north**2 + east**2) ** 0.5, rel=0.002, abs=2)


@with_database
@given(distance=st.integers(0, 5_000), accuracy=st.none() | st.integers(0, 1_000_000))
@example(distance=500, accuracy=None)
@example(distance=501, accuracy=0)
@example(distance=1_000, accuracy=1_000_000)
@example(distance=1_001, accuracy=1_000_000)
@pytest.mark.django_db
def test_near_is_within_the_limit_which_a_bad_fix_at_most_doubles(monkeypatch, distance, accuracy):
    monkeypatch.setattr(positions, "jumps", lambda *args, **kwargs: False)
    visit = Visit(region_id="370523101001", distance=distance, accuracy=accuracy)

    state = positions.state_of(visit, Position(37.05, 118.4), by=None, at=AT)

    # 500 metres: VISIT_NEAR.
    assert (state == "near") == (distance <= 500 + min(accuracy or 0, 500))


@with_database
@given(minutes=st.integers(0, 4_000))
@example(minutes=24 * 60)
@example(minutes=24 * 60 + 1)
@pytest.mark.django_db
def test_what_reaches_the_server_more_than_a_day_after_the_site_was_left_was_typed_in_later(minutes):
    # A self-check needs nothing that shows that somebody was there: only the time counts.
    visit = Visit(kind="self_check", region_id="370523101001", ended_at=AT - timedelta(minutes=minutes))

    assert is_backfilled(visit, AT) == (minutes > 24 * 60)
