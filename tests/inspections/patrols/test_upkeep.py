"""Stops over time: enterprises that move or come back, patrols typed in later, and what the night costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.models import Deadline, DeadlineEvent, EventKind
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from inspections import services
from inspections.models import PatrolStop
from inspections.patrols.clock import lay_stops
from regions.models import Grid
from tests.factories.enterprises import make_enterprise
from tests.factories.inspections import finished, patrolled
from tests.factories.self_checks import clock_of, day, make_route, make_town_route, patrol, stop_of
from tests.people import AT, make_user

pytestmark = pytest.mark.django_db
RULE = "inspections.patrol"
GRID, NEXT_GRID = "370523101001001", "370523101001002"
LATER = AT + timedelta(days=1)


@pytest.fixture
def stop(people, enterprise) -> PatrolStop:
    return stop_of(make_route(people), enterprise)


@pytest.fixture
def next_route(people, stop):
    """The route of the grid beside it, by a worker of its own."""
    grid = Grid.objects.create(code=NEXT_GRID, region_id="370523101001", kind="safety", name="大王社区网格2")
    worker = make_user("next_grid", "赵守义", "grid", region_id="370523101001", grid_code=NEXT_GRID)
    return make_route(people, grid=grid, worker=worker, name="二号线")


def test_an_enterprise_that_moves_to_another_grid_changes_its_route(people, enterprise, stop, next_route):
    Enterprise.objects.filter(pk=enterprise.pk).update(grid_id=NEXT_GRID)

    assert lay_stops(at=LATER) == (1, 1)

    moved = stop_of(next_route, enterprise)
    assert not PatrolStop.objects.filter(pk=stop.pk).exists()
    assert (clock_of(stop, RULE), clock_of(moved, RULE).grid_code) == (None, NEXT_GRID)


def test_work_that_begins_again_brings_the_stop_back_with_a_clock(people, enterprise, stop):
    Enterprise.objects.filter(pk=enterprise.pk).update(
        operating_status="suspended_self", stop_checked_until=day(AT, 60)
    )
    lay_stops(at=LATER)
    Enterprise.objects.filter(pk=enterprise.pk).update(operating_status="normal", stop_checked_until=None)

    assert lay_stops(at=LATER + timedelta(days=1)) == (1, 0)

    back = PatrolStop.objects.get(enterprise=enterprise)
    assert back.next_on > day(LATER, 1)
    assert clock_of(back, RULE).due_on == back.next_on


def test_each_missed_round_is_counted(people, enterprise, stop):
    sweep(AT + timedelta(days=120))
    patrol(people, stop, at=AT + timedelta(days=121))
    sweep(AT + timedelta(days=121 + 92))

    stop.refresh_from_db()
    assert stop.missed_count == 2
    lapses = DeadlineEvent.objects.filter(deadline__rule=RULE, kind=EventKind.LAPSED)
    assert lapses.count() == 2


def test_an_older_patrol_typed_in_later_does_not_take_the_stop_back(people, enterprise, stop):
    newest = patrol(people, stop, at=AT + timedelta(days=10))
    before = PatrolStop.objects.get(pk=stop.pk)

    typed_in = AT + timedelta(days=20)
    late = services.open_visit(
        enterprise, kind="grid_patrol", started_at=AT + timedelta(days=5), by=people.grid, at=typed_in
    )
    services.finish_visit(
        late, outcome="nothing", ended_at=AT + timedelta(days=5, hours=1), by=people.grid, at=typed_in
    )

    after = PatrolStop.objects.get(pk=stop.pk)
    assert (after.last_visit, after.last_at, after.next_on) == (newest, before.last_at, before.next_on)
    assert clock_of(stop, RULE).due_on == before.next_on


@pytest.mark.parametrize(("typed_in_after", "due_after"), [(20, 95), (200, 200)])
def test_after_a_patrol_typed_in_later_the_next_one_counts_from_the_day_of_the_patrol(
    people, enterprise, stop, typed_in_after, due_after
):
    made_at, typed_in = AT + timedelta(days=5), AT + timedelta(days=typed_in_after)
    visit = services.open_visit(
        enterprise, kind="grid_patrol", started_at=made_at, by=people.grid, at=typed_in
    )
    services.finish_visit(visit, outcome="nothing", ended_at=made_at, by=people.grid, at=typed_in)

    stop.refresh_from_db()
    # Ninety days on, but no day that is over already.
    assert (stop.last_at, stop.next_on) == (made_at, day(AT, due_after))
    assert clock_of(stop, RULE).due_on == stop.next_on


def test_an_inspection_moves_no_patrol(people, enterprise, stop):
    finished(people, enterprise)

    stop.refresh_from_db()
    assert stop.last_at is None


def test_a_patrol_where_no_route_stops_ends_like_any_other(people, enterprise):
    visit = patrolled(people, enterprise)

    assert services.finish_visit(visit, outcome="nothing", by=people.grid, at=LATER).state == "finished"
    assert not PatrolStop.objects.exists()


def test_a_patrol_moves_the_stops_of_its_kind_on_that_enterprise_alone(people, enterprise, stop):
    other = make_enterprise(grid_id=GRID)
    lay_stops(at=LATER)
    town = stop_of(make_town_route(people), enterprise)

    patrol(people, stop, at=LATER)

    moved = PatrolStop.objects.exclude(last_at=None)
    assert list(moved) == [PatrolStop.objects.get(pk=stop.pk)]
    assert other.patrol_stops.get(route=stop.route).last_at is None
    assert PatrolStop.objects.get(pk=town.pk).last_at is None


def test_the_night_asks_as_often_for_thirty_stops_as_for_three(people, stop):
    def queries(newcomers: int, at) -> int:
        for _ in range(newcomers):
            make_enterprise(grid_id=GRID)
        with CaptureQueriesContext(connection) as asked:
            assert lay_stops(at=at) == (newcomers, 0)
        return len(asked)

    assert queries(3, LATER) == queries(30, LATER + timedelta(days=1))


def test_a_quiet_night_touches_no_stop(people, stop):
    def touched() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, ctid::text, xmax::text FROM inspections_patrolstop")
            return cursor.fetchall()

    lay_stops(at=LATER)
    before = touched()
    lay_stops(at=LATER + timedelta(days=1))

    assert touched() == before == [(stop.pk, before[0][1], "0")]


def test_the_clock_of_a_stop_is_called_as_the_stop_is(people, stop):
    assert clock_of(stop, RULE).label == str(stop)


def test_stops_taken_away_in_several_batches_are_all_gone(people, stop, monkeypatch):
    monkeypatch.setattr("inspections.patrols.clock.BATCH", 2)
    for _ in range(4):
        make_enterprise(grid_id=GRID)
    lay_stops(at=LATER)
    Enterprise.objects.update(grid_id=None)

    assert lay_stops(at=LATER + timedelta(days=1)) == (0, 5)
    assert not PatrolStop.objects.exists()
    assert not Deadline.objects.open().filter(rule=RULE).exists()


def test_a_day_that_comes_forward_by_one_takes_its_clock_along(people, stop):
    PatrolStop.objects.update(next_on=stop.next_on - timedelta(days=1))

    lay_stops(at=LATER)

    assert clock_of(stop, RULE).due_on == stop.next_on - timedelta(days=1)


# Who finds a stop


@pytest.mark.parametrize("who", ["other_town", "other_county", "enterprise", "expert"])
def test_out_of_scope_a_stop_is_not_found(people, enterprise, stop, sign_in, who):
    page = sign_in(getattr(people, who)).get(reverse("inspections:begin_patrol", args=[stop.pk]))

    assert page.status_code == 404


def test_the_worker_of_the_next_grid_neither_sees_nor_begins_it(
    people, enterprise, stop, next_route, sign_in
):
    browser = sign_in(next_route.worker)

    assert browser.get(reverse("inspections:begin_patrol", args=[stop.pk])).status_code == 404
    assert enterprise.name not in browser.get(reverse("inspections:patrols_due")).content.decode()
