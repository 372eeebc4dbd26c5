"""Two dispatchers and two senders at the same moment, on real connections."""

import threading
import time

import pytest
from django.db import connection, connections

from inbox import outbox
from inbox.models import Delivery, DeliveryState, Message
from inbox.sms.sending import claim, send_due
from tests.factories.inbox import make_change, make_delivery

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads of their own connections that start together; return what they returned."""
    results, errors, start = [], [], threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(10)
            results.append(act())
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not errors
    return results


def test_two_dispatchers_at_once_tell_everybody_once(enterprise, people, at, declare, reported):
    def slow_audience(target, event):
        time.sleep(0.01)
        return [people.town]

    declare(reported(audience=slow_audience))
    for _number in range(20):
        make_change(enterprise)

    taken = at_once(*[lambda: outbox.dispatch(at=at, limit=10)] * 2)

    assert sum(taken) == 20
    assert min(taken) > 0, "neither waited for the other"
    assert Message.objects.count() == 20


def test_two_senders_at_once_send_each_message_once(places, at, provider):
    for number in range(12):
        make_delivery(recipient=f"phone-{number}")

    at_once(*[lambda: send_due(at=at, provider=provider)] * 2)

    assert len(provider.sent) == len(set(provider.sent)) == 12
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_two_senders_at_once_do_not_pass_the_cap_together(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 3
    for _number in range(8):
        make_delivery(recipient="phone-same")

    at_once(*[lambda: send_due(at=at, provider=provider)] * 2)

    assert len(provider.sent) == 3
    assert Delivery.objects.filter(state=DeliveryState.QUEUED).count() == 5


def test_a_claim_is_committed_before_the_provider_is_called(places, at):
    delivery = make_delivery()
    claim(at=at)
    connection.close()  # As if the worker were killed here.

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENDING, 1)
