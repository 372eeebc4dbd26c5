"""The sweep: every step once, in order, with its own moment, whatever goes wrong beside it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deadlines import services, tasks
from deadlines.models import Deadline, DeadlineEvent
from tests.lifecycle.lamps.models import Lamp
from tests.people import AT
from tests.plans import multiply, plan_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def march(day, hour=10):
    """Give a moment in March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=AT.tzinfo)


def told(deadline):
    """Give kind, level and moment of what has happened, in order."""
    return [(event.kind, event.level, event.at) for event in deadline.events.all()]


@pytest.fixture
def deadline(working_days, lamp, at):
    """A lamp to be mended by Friday, 20 March."""
    return services.start(lamp, "lamps.mend", at=at)


@pytest.fixture
def other(working_days, town, at):
    """Another lamp, due on the same day."""
    lamp = Lamp.objects.create(region=town, name="Lamp 2", state="dark", state_since=at)
    return services.start(lamp, "lamps.mend", at=at)


def test_nothing_happens_before_its_moment(deadline):
    assert services.sweep(march(17, 7)) == 0
    assert told(deadline) == []


def test_a_step_is_taken_once(deadline):
    assert services.sweep(march(17, 8)) == 1
    assert services.sweep(march(17, 8)) == 0
    assert told(deadline) == [("warned", "", march(17, 8))]


def test_steps_that_passed_while_nothing_ran_are_made_up_each_with_its_own_moment(deadline):
    services.sweep(march(25))
    assert told(deadline) == [
        ("warned", "", march(17, 8)),
        ("due", "", march(20, 8)),
        ("lapsed", "", march(21, 0)),
        ("escalated", "town", march(21, 0)),
        ("escalated", "county", march(24, 0)),
    ]
    assert set(deadline.events.values_list("recorded_at", flat=True)) == {march(25)}


def test_after_the_last_step_the_row_rests_and_is_still_owed(deadline):
    services.sweep(march(31))
    deadline.refresh_from_db()
    assert (deadline.next_at, deadline.state, deadline.is_open) == (None, "breached", True)


def test_the_handler_hears_every_event_with_the_locked_record(deadline, handler):
    heard = []
    handler["hear_clock"] = lambda lamp, event, at: heard.append((lamp.name, event.kind, at))
    services.sweep(march(20))
    assert heard == [("Lamp 1", "warned", march(20)), ("Lamp 1", "due", march(20))]


def test_a_handler_may_take_a_verb(deadline, lamp):
    services.sweep(march(24))
    lamp.refresh_from_db()
    assert lamp.told == "town county"


def test_a_handler_may_settle_its_own_clock(deadline, handler):
    def settle(lamp, event, at):
        services.settle(lamp, "lamps.mend", at=at)

    handler["hear_clock"] = settle
    services.sweep(march(20))
    deadline.refresh_from_db()
    assert deadline.state == "met"
    assert [kind for kind, *_ in told(deadline)] == ["warned"]


def test_a_bad_row_does_not_stop_the_others(deadline, other, handler, caplog):
    def fail(lamp, event, at):
        if lamp.name == "Lamp 1":
            raise RuntimeError("the bulb is stuck")

    handler["hear_clock"] = fail
    assert services.sweep(march(17, 8)) == 1
    assert [kind for kind, *_ in told(other)] == ["warned"]
    deadline.refresh_from_db()
    assert told(deadline) == []
    assert (deadline.failures, deadline.error) == (1, "RuntimeError: the bulb is stuck")
    assert deadline.retry_at == march(17, 8) + timedelta(minutes=2)
    assert "could not take its step" in caplog.text


def test_a_bad_row_waits_longer_each_time_and_recovers(deadline, handler, caplog):
    handler["hear_clock"] = lambda *_args: 1 / 0
    moment, waits = march(17, 8), []
    for _attempt in range(12):
        services.sweep(moment)
        deadline.refresh_from_db()
        waits.append(deadline.retry_at - moment)
        assert services.sweep(deadline.retry_at - timedelta(seconds=1)) == 0
        moment = deadline.retry_at
    assert waits[:3] == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(hours=12)
    handler.clear()
    services.sweep(moment)
    deadline.refresh_from_db()
    assert (deadline.failures, deadline.error, deadline.retry_at) == (0, "", None)


def test_steps_before_a_failure_stay_taken(deadline, handler, caplog):
    def fail_when_due(lamp, event, at):
        if event.kind == "due":
            raise RuntimeError("no")

    handler["hear_clock"] = fail_when_due
    services.sweep(march(25))
    assert [kind for kind, *_ in told(deadline)] == ["warned"]
    handler.clear()
    services.sweep(march(26))
    assert [kind for kind, *_ in told(deadline)][:3] == ["warned", "due", "lapsed"]


def test_what_a_failing_handler_wrote_is_undone(deadline, lamp, handler, caplog):
    def write_and_fail(row, event, at):
        row.note = "half-written"
        row.save()
        raise RuntimeError("no")

    handler["hear_clock"] = write_and_fail
    services.sweep(march(17, 8))
    lamp.refresh_from_db()
    assert lamp.note == ""


def test_a_database_error_in_a_handler_stops_no_other_row(deadline, other, handler, caplog):
    def break_the_transaction(lamp, event, at):
        if lamp.name == "Lamp 1":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")

    handler["hear_clock"] = break_the_transaction
    assert services.sweep(march(17, 8)) == 1
    deadline.refresh_from_db()
    assert "DataError" in deadline.error


def test_a_record_that_is_gone_or_a_rule_that_no_app_knows_is_an_error_of_that_row_only(
    deadline, other, caplog
):
    Deadline.objects.filter(pk=deadline.pk).update(target_id=0)
    Deadline.objects.filter(pk=other.pk).update(rule="lamps.forgotten")
    assert services.sweep(march(17, 8)) == 0
    deadline.refresh_from_db()
    other.refresh_from_db()
    assert "is gone" in deadline.error
    assert "lamps.forgotten" in other.error


def test_the_limit_is_kept_and_the_task_goes_on_until_all_is_done(working_days, town, at, time_machine):
    for number in range(5):
        lamp = Lamp.objects.create(region=town, name=f"Lamp {number}", state="dark", state_since=at)
        services.start(lamp, "lamps.mend", at=at)
    assert services.sweep(march(17, 8), limit=2) == 2
    time_machine.move_to(march(17, 9))
    assert tasks.sweep() == 3
    assert DeadlineEvent.objects.count() == 5


def test_the_sweep_finds_ripe_rows_by_the_partial_index(deadline):
    multiply(deadline, target_id="-nth", next_at="next_at + nth * interval '1 hour'")
    assert "deadline_next" in plan_of(Deadline.objects.ripe(march(11)), "seqscan")


def test_an_idle_sweep_asks_one_question(deadline):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.sweep(march(11))
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 1


def test_a_row_handed_to_paint_is_swept_without_its_record(
    working_days, lamp, at, django_assert_max_num_queries
):
    deadline = services.start(lamp, "lamps.paint", at=at, due_on=date(2026, 3, 20))
    with CaptureQueriesContext(connection) as queries:
        services.sweep(deadline.due_at - DAY)
    assert not any("lamps_lamp" in query["sql"] for query in queries)
