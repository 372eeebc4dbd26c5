"""Two sweeps, or a sweep and a verb, at the same time: on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction

from deadlines import services
from deadlines.models import Deadline, DeadlineEvent
from regions.models import Region
from tests.factories.lamps import lamp_numbers
from tests.lifecycle.lamps.models import Lamp
from tests.people import AT, make_places

pytestmark = pytest.mark.django_db(transaction=True)

LATE = datetime(2026, 4, 30, 10, tzinfo=AT.tzinfo)


@pytest.fixture
def lamps():
    """Twelve lamps whose clocks have long run out."""
    make_places()
    lamp_numbers()
    town = Region.objects.get(pk="370523101")
    made = []
    for number in range(12):
        lamp = Lamp.objects.create(region=town, name=f"Lamp {number}", state="dark", state_since=AT)
        services.start(lamp, "lamps.mend", at=AT)
        made.append(lamp)
    return made


def in_thread(work: Callable[[], Any]) -> Any:
    """Run on a connection of its own, and close it."""
    try:
        return work()
    finally:
        connection.close()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all at the same time, and give what they return."""
    start = Barrier(len(works))

    def wait_and(work: Callable[[], Any]) -> Any:
        start.wait(timeout=10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [
            one.result(timeout=30) for one in [pool.submit(in_thread, lambda w=w: wait_and(w)) for w in works]
        ]


def test_four_sweeps_at_once_do_every_step_once(lamps):
    done = at_once(*[lambda: services.sweep(LATE)] * 4)
    assert sum(done) == 12
    assert DeadlineEvent.objects.count() == 12 * 6
    assert not Deadline.objects.ripe(LATE).exists()
    for lamp in Lamp.objects.all():
        assert lamp.told == "town county city"


def test_a_sweep_passes_by_a_row_that_another_one_holds(lamps):
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            list(Deadline.objects.of(lamps[0]).select_for_update())
            held.set()
            done.wait(timeout=20)

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(in_thread, hold)
        assert held.wait(timeout=10)
        assert services.sweep(LATE) == 11
        done.set()
        holder.result(timeout=10)
    assert services.sweep(LATE) == 1


def test_a_sweep_passes_by_a_record_under_a_verb_and_neither_waits_for_the_other(lamps):
    held, go_on = Event(), Event()

    def verb() -> None:
        with transaction.atomic():
            Lamp.objects.select_for_update().get(pk=lamps[0].pk)
            held.set()
            go_on.wait(timeout=20)
            # The verb needs the deadline, which the sweep has let go again.
            services.settle(lamps[0], "lamps.mend", at=AT + timedelta(days=1))

    with ThreadPoolExecutor(1) as pool:
        person = pool.submit(in_thread, verb)
        assert held.wait(timeout=10)
        assert services.sweep(LATE) == 11
        go_on.set()
        person.result(timeout=10)
    row = Deadline.objects.of(lamps[0]).get()
    assert (row.state, row.failures) == ("met", 0)
    assert services.sweep(LATE) == 0
