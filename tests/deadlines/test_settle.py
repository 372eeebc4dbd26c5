"""A clock ends: met, breached, or dropped."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError

from deadlines import services
from deadlines.models import Deadline, DeadlineEvent
from regions.models import Region
from tests.lifecycle.lamps.models import Lamp

pytestmark = pytest.mark.django_db


def test_it_is_met_until_24_hours_of_the_last_day(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    last_minute = deadline.due_at - timedelta(seconds=1)
    settled = services.settle(lamp, "lamps.order", at=last_minute)
    assert (settled.state, settled.settled_at, settled.next_at) == ("met", last_minute, None)
    assert not DeadlineEvent.objects.exists()


def test_it_is_breached_from_then_on_and_the_lapse_is_on_record_before_any_sweep(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    settled = services.settle(lamp, "lamps.order", at=deadline.due_at)
    assert settled.state == "breached"
    assert [(event.kind, event.at) for event in deadline.events.all()] == [("lapsed", deadline.due_at)]


def test_a_lapse_is_not_recorded_twice(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    services.sweep(deadline.due_at)
    services.settle(lamp, "lamps.order", at=deadline.due_at + timedelta(hours=1))
    assert deadline.events.filter(kind="lapsed").count() == 1


def test_without_an_open_clock_nothing_happens(lamp, at):
    assert services.settle(lamp, "lamps.order", at=at) is None


def test_a_breached_deadline_is_still_owed(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    services.sweep(deadline.due_at)
    deadline.refresh_from_db()
    assert deadline.state == "breached"
    assert Deadline.objects.open().overdue(deadline.due_at).get() == deadline


def test_all_clocks_of_a_record_can_be_dropped(lamp, at):
    services.start(lamp, "lamps.order", at=at)
    services.start(lamp, "lamps.paint", at=at, due_on=date(2026, 4, 1))
    services.start(lamp, "lamps.mend", at=at)
    assert services.cancel(lamp, at=at, keep=["lamps.mend"]) == 2
    assert services.cancel(lamp, at=at) == 1
    assert not Deadline.objects.open().exists()


def test_a_clock_handed_on_runs_with_all_that_has_happened_to_it(working_days, lamp, at):
    other = Lamp.objects.create(
        region=Region.objects.get(pk="370523102"), name="Lamp 2", state="dark", state_since=at
    )
    clock = services.start(lamp, "lamps.order", at=at)
    services.sweep(clock.due_at)

    assert services.hand_on(lamp, other, "lamps.order") == clock

    assert not Deadline.objects.of(lamp).open().exists()
    held = Deadline.objects.of(other).open().get()
    assert (held.due_at, held.state, held.label, held.region_id) == (
        clock.due_at,
        "breached",
        str(other),
        "370523102",
    )
    assert held.events.filter(kind="lapsed").count() == 1
    assert services.hand_on(lamp, other, "lamps.order") is None


def test_settling_a_stopped_clock_ends_the_stop(lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    services.suspend(deadline, at=at, by=None, reason="storm")
    settled = services.settle(lamp, "lamps.order", at=at + timedelta(days=60))
    assert settled.state == "met"
    assert settled.suspensions.get().to_at == at + timedelta(days=60)


def test_the_database_holds_one_open_clock_of_a_rule(lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    deadline.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        deadline.save(force_insert=True)


def test_the_database_lets_nothing_settled_wake_the_sweep(lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=deadline.pk).update(settled_at=at)


def test_events_and_extensions_are_never_rewritten(working_days, lamp, at):
    deadline = services.start(lamp, "lamps.order", at=at)
    services.extend(deadline, due_on=date(2026, 3, 20), by=None, at=at, reason="material")
    services.sweep(at + timedelta(days=9))
    event, extension = deadline.events.first(), deadline.extensions.get()
    for change in (
        lambda: DeadlineEvent.objects.filter(pk=event.pk).update(kind="due"),
        lambda: type(extension).objects.filter(pk=extension.pk).update(reason="other"),
        event.delete,
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    DeadlineEvent.objects.filter(pk=event.pk).update(dispatched_at=at)
