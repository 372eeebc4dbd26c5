"""Two sealers at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from audit.models import Seal
from audit.sealing import faults, seal
from audit.services import record

pytestmark = pytest.mark.django_db(transaction=True)


def on_own_connection(work):
    """Run, and close the connection."""
    try:
        return work()
    finally:
        connection.close()


@pytest.fixture
def entries(people, enterprise, at):
    """Forty entries that wait."""
    return [record(people.town, "enterprises.change", enterprise, at=at) for _n in range(40)]


def test_four_sealers_at_once_make_one_chain(entries):
    start = Barrier(4)

    def work():
        start.wait(timeout=10)
        return seal()

    with ThreadPoolExecutor(4) as pool:
        sealed = [one.result(timeout=30) for one in [pool.submit(on_own_connection, work) for _ in range(4)]]
    assert sum(sealed) == 40
    assert Seal.objects.count() == 40
    assert list(faults()) == []


def test_while_one_seals_another_does_nothing_and_nobody_waits_to_write(entries, people, enterprise, at):
    inside, go_on = Event(), Event()

    def slow():
        with transaction.atomic():
            done = seal()
            inside.set()
            go_on.wait(timeout=10)
            return done

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(on_own_connection, slow)
        assert inside.wait(timeout=10)
        assert seal() == 0
        record(people.town, "enterprises.change", enterprise, at=at)
        go_on.set()
        assert first.result(timeout=30) == 40
    assert seal() == 1
    assert list(faults()) == []


def test_an_entry_that_commits_late_with_a_lower_number_is_sealed_afterwards(people, enterprise, at):
    written, go_on = Event(), Event()

    def late():
        with transaction.atomic():
            entry = record(people.town, "enterprises.change", enterprise, at=at)
            written.set()
            go_on.wait(timeout=10)
            return entry.pk

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(on_own_connection, late)
        assert written.wait(timeout=10)
        quick = record(people.town, "enterprises.change", enterprise, at=at)
        assert seal() == 1
        go_on.set()
        slow = first.result(timeout=30)
    assert slow < quick.pk
    assert seal() == 1
    assert list(Seal.objects.order_by("seq").values_list("entry_id", flat=True)) == [quick.pk, slow]
    assert list(faults()) == []
