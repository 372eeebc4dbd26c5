"""Two people at the same record at the same moment: one wins, the other reads a sentence. On real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from deadlines.models import Deadline
from lifecycle.models import StateChange
from lifecycle.refusals import AlreadyDone, WrongState
from lifecycle.services import perform
from regions.models import Region
from tests.factories.lamps import dark_lamp, lamp_numbers
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.lifecycle import LAMP
from tests.people import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lamp(people):
    """A dark lamp, really saved."""
    lamp_numbers()
    return dark_lamp(Region.objects.get(pk="370523101"), by=people.town, at=AT)


def on_own_connection(work):
    """Run, close the connection, and give the result or the exception."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the test looks at it
        return error
    finally:
        connection.close()


def test_of_eight_double_clicks_one_is_done_and_seven_are_told_so(lamp, people):
    start = Barrier(8)

    def click():
        start.wait(timeout=10)
        return services.order_repair(lamp, by=people.town, at=AT, version=1)

    with ThreadPoolExecutor(8) as pool:
        results = [
            one.result(timeout=30) for one in [pool.submit(on_own_connection, click) for _ in range(8)]
        ]
    assert sum(isinstance(result, AlreadyDone) for result in results) == 7
    assert StateChange.objects.filter(verb="order_repair").count() == 1
    assert Deadline.objects.open().count() == 1


def test_a_second_verb_waits_for_the_first_and_then_loses_cleanly(lamp, people):
    inside, go_on = Event(), Event()

    def give_up():
        with perform(LAMP, "give_up", lamp, by=people.county, at=AT, reason="closed") as row:
            inside.set()
            go_on.wait(timeout=20)
        return row

    def order():
        assert inside.wait(timeout=10)
        return services.order_repair(lamp, by=people.town, at=AT)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(on_own_connection, give_up), pool.submit(on_own_connection, order)
        assert inside.wait(timeout=10)
        assert not second.done()
        go_on.set()
        assert first.result(timeout=20).state == "given_up"
        loser = second.result(timeout=20)
    assert type(loser) is WrongState
    assert "Given up" in str(loser)
    lamp.refresh_from_db()
    assert (lamp.state, lamp.version) == ("given_up", 2)
    assert not Deadline.objects.open().exists()
