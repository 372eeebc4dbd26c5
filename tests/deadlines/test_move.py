"""Stopping a clock and putting a day off: the due moment moves, and the history stays."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from deadlines import services
from deadlines.schedule import remaining_steps
from tests.people import AT

pytestmark = pytest.mark.django_db


def march(day, hour=10):
    """Give a moment in March 2026."""
    return datetime(2026, 3, day, hour, tzinfo=AT.tzinfo)


def test_working_days_that_did_not_count_are_added(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    services.suspend(deadline, at=march(11), by=None, reason="expert opinion")
    resumed = services.resume(deadline, at=march(18))
    # Stopped over Thursday, Friday, Monday, Tuesday and Wednesday: five working days.
    assert resumed.due_on == date(2026, 3, 24)
    stop = resumed.suspensions.get()
    assert (stop.from_at, stop.to_at, stop.due_after) == (march(11), march(18), resumed.due_at)


def test_calendar_days_that_did_not_count_are_added_and_the_end_moves_off_the_weekend(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    assert deadline.due_on == date(2026, 3, 20)
    services.suspend(deadline, at=march(11), by=None, reason="storm")
    assert services.resume(deadline, at=march(12)).due_on == date(2026, 3, 23)


def test_hours_that_did_not_count_are_added(lamp, at):
    deadline = services.start(lamp, "lamps.call", at=at)
    services.suspend(deadline, at=march(10, 11), by=None, reason="no signal")
    assert services.resume(deadline, at=march(11, 11)).due_at == march(11, 12)


def test_a_stop_within_one_day_moves_nothing(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at, due_on=date(2026, 3, 15))
    services.suspend(deadline, at=march(11, 9), by=None, reason="storm")
    assert services.resume(deadline, at=march(11, 17)).due_on == date(2026, 3, 15)


def test_a_stopped_clock_does_nothing(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    stopped = services.suspend(deadline, at=march(11), by=None, reason="storm")
    assert (stopped.is_paused, remaining_steps(stopped)) == (True, [])
    assert services.sweep(march(31)) == 0


def test_after_a_stop_people_are_warned_for_the_new_day(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    services.sweep(march(17, 9))
    services.suspend(deadline, at=march(18), by=None, reason="storm")
    services.resume(deadline, at=march(25))
    services.sweep(march(26, 9))
    services.sweep(march(27, 9))
    # The warning before the new day would have been on the 24th, while the clock stood still.
    told = [(event.kind, event.at) for event in deadline.events.all()]
    assert told == [("warned", march(17, 8)), ("due", march(27, 8))]


def test_only_a_clock_in_time_can_be_stopped(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    with pytest.raises(ValidationError):
        services.suspend(deadline, at=deadline.due_at, by=None, reason="too late")
    services.suspend(deadline, at=at, by=None, reason="storm")
    with pytest.raises(ValidationError):
        services.suspend(deadline, at=at, by=None, reason="again")


def test_only_a_stopped_clock_can_run_on(lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    with pytest.raises(ValidationError):
        services.resume(deadline, at=at)


def test_an_extension_keeps_the_earlier_days(people, working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    services.extend(deadline, due_on=date(2026, 3, 27), by=people.county, at=march(12), reason="material")
    extended = services.extend(
        deadline, due_on=date(2026, 4, 3), by=people.county, at=march(13), reason="rain"
    )
    assert extended.due_on == date(2026, 4, 3)
    history = [(one.due_before.day, one.due_after.day, one.reason) for one in extended.extensions.all()]
    assert [reason for *_days, reason in history] == ["material", "rain"]
    assert extended.extensions.first().due_before == march(21, 0)


def test_a_lapsed_deadline_that_is_extended_runs_again_and_can_lapse_again(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    services.sweep(march(21, 1))
    extended = services.extend(
        deadline, due_on=date(2026, 3, 27), by=None, at=march(21), reason="granted late"
    )
    assert extended.state == "running"
    services.sweep(march(28, 1))
    lapses = deadline.events.filter(kind="lapsed").values_list("at", flat=True)
    assert list(lapses) == [march(21, 0), march(28, 0)]


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 3, 1)])
def test_a_day_that_is_not_later_is_refused(working_days, lamp, at, day):
    deadline = services.start(lamp, "lamps.mend", at=at)
    with pytest.raises(ValidationError):
        services.extend(deadline, due_on=day, by=None, at=at, reason="no")
    assert not deadline.extensions.exists()


def test_a_settled_deadline_cannot_be_extended(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    services.settle(lamp, "lamps.mend", at=at)
    with pytest.raises(ValidationError):
        services.extend(deadline, due_on=date(2026, 5, 1), by=None, at=at, reason="no")


def test_a_stopped_clock_that_is_extended_stays_stopped(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.mend", at=at)
    services.suspend(deadline, at=at, by=None, reason="storm")
    extended = services.extend(deadline, due_on=date(2026, 4, 3), by=None, at=at, reason="rain")
    assert extended.is_paused
    assert services.resume(deadline, at=at + timedelta(hours=1)).due_on == date(2026, 4, 3)
