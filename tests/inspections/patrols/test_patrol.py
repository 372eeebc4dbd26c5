"""A patrol moves its stop; one that is missed is counted and seen."""

from datetime import timedelta

import pytest

from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from inspections import services
from inspections.models import PatrolStop, Visit
from lifecycle.refusals import VerbRefused
from tests.factories.self_checks import clock_of, day, make_route, make_town_route, patrol, stop_of
from tests.people import AT

pytestmark = pytest.mark.django_db
RULE = "inspections.patrol"
LATER = AT + timedelta(days=1)


@pytest.fixture
def stop(people, enterprise) -> PatrolStop:
    return stop_of(make_route(people), enterprise)


def test_a_finished_patrol_moves_the_stop_one_cycle_on(people, enterprise, stop):
    first = clock_of(stop, RULE)

    visit = patrol(people, stop, at=LATER)

    stop.refresh_from_db()
    first.refresh_from_db()
    assert (stop.last_visit, stop.last_at, stop.next_on) == (visit, LATER, day(LATER, 90))
    assert first.state == DeadlineState.MET
    assert clock_of(stop, RULE).due_on == day(LATER, 90)


def test_a_patrol_by_the_town_does_not_move_the_grids_stop(people, enterprise, stop):
    other = stop_of(make_town_route(people), enterprise)
    visit = services.begin_patrol(other, by=people.town, at=LATER)
    services.finish_visit(visit, outcome="nothing", by=people.town, at=LATER)

    stop.refresh_from_db()
    other.refresh_from_db()
    assert stop.last_at is None
    assert other.next_on == day(LATER, 360)


def test_a_missed_patrol_is_counted_once_and_stays_owed(people, enterprise, stop):
    late = AT + timedelta(days=120)
    sweep(late)
    sweep(late + timedelta(days=1))

    stop.refresh_from_db()
    assert stop.missed_count == 1
    assert clock_of(stop, RULE).state == DeadlineState.BREACHED


def test_a_patrol_made_late_settles_what_was_missed(people, enterprise, stop):
    late = AT + timedelta(days=120)
    sweep(late)

    patrol(people, stop, at=late)

    stop.refresh_from_db()
    assert (stop.missed_count, stop.next_on) == (1, day(late, 90))
    assert Deadline.objects.of(stop).filter(state=DeadlineState.BREACHED).get().settled_at == late


def test_a_patrol_begun_is_gone_on_with(people, enterprise, stop):
    begun = [services.begin_patrol(stop, by=people.grid, at=LATER) for _ in range(2)]

    assert begun[0] == begun[1]
    assert Visit.objects.count() == 1


def test_a_patrol_that_the_town_planned_is_begun_instead_of_a_second_one(people, enterprise, stop):
    planned = services.plan_visit(enterprise, kind="grid_patrol", people=[people.grid], by=people.town, at=AT)

    assert services.begin_patrol(stop, by=people.grid, at=LATER) == planned


def test_nobody_but_the_grid_worker_makes_a_grid_patrol(people, enterprise, stop):
    with pytest.raises(VerbRefused):
        services.begin_patrol(stop, by=people.town, at=LATER)


def test_a_patrol_called_off_moves_nothing(people, enterprise, stop):
    visit = services.begin_patrol(stop, by=people.grid, at=LATER)
    services.cancel_visit(visit, reason="大门关闭", by=people.grid, at=LATER)

    stop.refresh_from_db()
    assert stop.last_at is None
