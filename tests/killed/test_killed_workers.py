"""Worker processes that are really killed (kill -9) in the middle: nothing is lost, and all is applied once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from audit.models import Entry
from deadlines.models import DeadlineEvent
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from hazards.services import issue_notice
from inbox.models import Delivery, DeliveryState, Message
from inbox.outbox import dispatch
from inbox.sms.backends import Outcome, Result
from inbox.sms.sending import send_due
from lifecycle.models import StateChange
from listings.models import JobState
from paperwork import rendering
from paperwork.models import IssuedDocument
from tests.factories.hazards import rectifying, reported
from tests.factories.imports import checked, facts, pressed, taken
from tests.factories.inbox import make_deadline, make_delivery

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def kill_in() -> Callable[..., None]:
    """Start a worker process at a piece of work, wait until it stands in the middle, and kill it."""

    def _kill_in(work: str, key: int = 0) -> None:
        place = connection.settings_dict
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)
        worker = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-W", "ignore", "-m", "tests.killed.worker", work, str(key)],
            env={**os.environ, "DATABASE_URL": url},
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            session = int(worker.stdout.readline())
            worker.send_signal(signal.SIGKILL)
        finally:
            worker.kill()
            worker.wait()
            worker.stdout.close()
        wait_until_gone(session)

    return _kill_in


def wait_until_gone(session: int) -> None:
    """Wait until the database has noticed, too."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [session])
            if cursor.fetchone() is None:
                return
        time.sleep(0.05)
    raise AssertionError("the database still holds the session of the killed worker")


def test_a_document_is_made_by_the_next_worker_and_once(kill_in, people, enterprise, at):
    hazard = rectifying(people, enterprise)
    waiting = issue_notice(hazard, by=people.county, at=at + timedelta(hours=2))
    kill_in("render", waiting.pk)
    left = IssuedDocument.objects.get(pk=waiting.pk)
    assert (left.state, left.attempts, left.pdf, left.docx) == ("queued", 1, None, None)
    assert rendering.render(left.pk, at=at)
    assert not rendering.render(left.pk, at=at)
    made = IssuedDocument.objects.get(pk=left.pk)
    assert (made.state, made.attempts, made.number) == ("ready", 2, left.number)


def test_an_import_leaves_nothing_and_is_then_written_once(kill_in, people):
    job = pressed(checked(people.county, facts(1), facts(2)))
    kill_in("import", job.pk)
    assert not Enterprise.objects.filter(uscc=facts(1)["uscc"]).exists()
    assert not Entry.objects.filter(verb="enterprises.import").exists()
    assert taken(job).state == JobState.DONE
    assert taken(job).state == JobState.DONE
    assert Enterprise.objects.filter(uscc__in=[facts(1)["uscc"], facts(2)["uscc"]]).count() == 2
    assert Entry.objects.filter(verb="enterprises.import").count() == 1


def test_people_are_told_by_the_next_dispatcher_and_once(kill_in, people, enterprise, at):
    reported(enterprise, people.enterprise)
    waiting = StateChange.objects.filter(dispatched_at=None).count()
    assert waiting
    kill_in("dispatch")
    assert not Message.objects.exists()
    assert StateChange.objects.filter(dispatched_at=None).count() == waiting
    assert dispatch(at=at) == waiting
    told = Message.objects.count()
    assert told
    assert dispatch(at=at) == 0
    assert Message.objects.count() == told


def test_a_step_of_a_clock_is_taken_by_the_next_sweep_and_once(kill_in, enterprise, at):
    step = {"kind": "warned", "level": "", "at": at.isoformat()}
    deadline = make_deadline(enterprise, rule="hazards.accept", steps=[step], next_at=at)
    kill_in("sweep")
    assert not DeadlineEvent.objects.filter(deadline=deadline).exists()
    assert sweep(at) == 1
    assert sweep(at) == 0
    assert DeadlineEvent.objects.filter(deadline=deadline).count() == 1


def test_a_text_message_is_never_sent_twice(kill_in, places, at):
    delivery = make_delivery()
    kill_in("send")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENDING, 1)
    asked = Asked()
    send_due(at=at + timedelta(minutes=6), provider=asked)
    delivery.refresh_from_db()
    assert (asked.sent, asked.asked) == ([], [delivery.provider_key])
    assert delivery.state == DeliveryState.SENT
    assert Delivery.objects.count() == 1


class Asked:
    """A provider that has the message already, and says so when it is asked."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.asked: list[str] = []

    def send(self, delivery: Delivery) -> Outcome:
        """Take a message."""
        self.sent.append(delivery.provider_key)
        return Outcome(Result.SENT)

    def ask(self, delivery: Delivery) -> Outcome:
        """Say that it went out."""
        self.asked.append(delivery.provider_key)
        return Outcome(Result.SENT, provider_id="p-1")
