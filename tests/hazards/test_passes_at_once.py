"""Two workers ask for the weekly progress in the same night."""

from datetime import timedelta

import pytest

from deadlines.models import Deadline
from deadlines.sweeping import sweep
from hazards import services
from tests.at_once import at_once
from tests.people import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_missed_week_begins_anew_once(planned):
    sweep(AT + timedelta(days=9))

    at_once(*[lambda: services.ask_for_progress(at=AT + timedelta(days=15))] * 2)

    assert Deadline.objects.of(planned).open().filter(rule="hazards.progress").count() == 1


def test_a_clock_that_did_not_run_is_started_once(planned):
    Deadline.objects.of(planned).filter(rule="hazards.progress").delete()

    at_once(*[lambda: services.ask_for_progress(at=AT)] * 2)

    assert Deadline.objects.of(planned).filter(rule="hazards.progress").count() == 1
