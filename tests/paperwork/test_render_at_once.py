"""Two workers at one document, on real connections, and a worker that dies with the document in its hands."""

from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from accounts.models import Organisation
from paperwork import docx, rendering
from paperwork.models import IssuedDocument
from tests.paperwork.conftest import LETTER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(write) -> IssuedDocument:
    """A letter that waits, and is really committed."""
    assert Organisation.objects.exists()
    return write(LETTER)


def in_thread(work) -> Thread:
    """Run on a connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def wait_for_the_row(pk: int) -> None:
    """Wait until nobody holds the row: the server rolls a dead client back when it notices, not when the client dies.

    A lock that is never let go ends the test with the server's own error.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        IssuedDocument.objects.select_for_update(of=("self",)).get(pk=pk)


def test_the_second_worker_leaves_it_to_the_first(waiting, at, monkeypatch):
    begun, go_on, made = Event(), Event(), []
    real = docx.render

    def slowly(*args):
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(docx, "render", slowly)
    first = in_thread(lambda: rendering.render(waiting.pk, at=at))
    assert begun.wait(10)
    assert not rendering.render(waiting.pk, at=at)
    go_on.set()
    first.join()
    assert made == [1]
    assert IssuedDocument.objects.get(pk=waiting.pk).state == "ready"


def test_a_killed_worker_lets_go_of_the_document(waiting, at):
    held, die = Event(), Event()

    def worker():
        with transaction.atomic():
            assert rendering.lock_queued(waiting.pk)
            held.set()
            die.wait(10)
            # The server rolls back what a dead client held.
            connection.connection.close()
            connection.needs_rollback = False
            connection.in_atomic_block = False

    def ended_badly():
        with suppress(Exception):
            worker()

    thread = in_thread(ended_badly)
    assert held.wait(10)
    assert not rendering.render(waiting.pk, at=at)
    die.set()
    thread.join()
    wait_for_the_row(waiting.pk)
    assert rendering.render(waiting.pk, at=at)
