"""Night, cap and pauses together, over more than one day."""

from datetime import datetime, timedelta

import pytest

from inbox import outbox
from inbox.models import Delivery, DeliveryState
from inbox.sms import sending
from inbox.sms.backends import Outcome, Result
from inbox.sms.sending import send_due
from tests.factories.inbox import make_delivery
from tests.people import AT

pytestmark = pytest.mark.django_db


def march(day, hour, minute=0):
    """Give a moment in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=AT.tzinfo)


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize(
    ("back_off", "longest"), [(sending.back_off, timedelta(hours=2)), (outbox.back_off, timedelta(hours=6))]
)
def test_pauses_grow_up_to_a_longest(back_off, longest):
    pauses = [back_off(attempts) for attempts in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[1] < longest
    assert pauses[-1] == longest


def test_a_provider_that_is_always_busy_is_left_alone_after_five_tries(places, provider):
    delivery = make_delivery()
    provider.answers = [Outcome(Result.RETRY, error="busy")] * 9
    moments = []
    while delivery.state == DeliveryState.QUEUED:
        moments.append(delivery.next_try_at)
        send_due(at=delivery.next_try_at, provider=provider)
        delivery.refresh_from_db()
    assert (delivery.state, len(provider.sent)) == (DeliveryState.FAILED, 5)
    seconds = [(after - before).seconds for before, after in zip(moments, moments[1:], strict=False)]
    assert seconds == [30, 120, 480, 1920]


def test_a_try_that_falls_into_the_night_waits_for_the_morning(places, provider):
    delivery = make_delivery(next_try_at=march(10, 20, 59))
    provider.answers = [Outcome(Result.RETRY, error="busy")] * 3
    for minute in (59, 60, 70):
        send_due(at=march(10, 20) + timedelta(minutes=minute), provider=provider)
    delivery.refresh_from_db()
    assert delivery.next_try_at == march(11, 7, 30)
    assert send_due(at=march(11, 7, 29), provider=provider) == 0
    assert send_due(at=march(11, 7, 30), provider=provider) == 1


def test_what_waited_for_the_morning_still_obeys_the_cap_of_the_new_day(places, provider, settings):
    settings.SMS_DAILY_CAP = 2
    for _number in range(3):
        make_delivery(next_try_at=march(10, 22), expires_at=march(13, 0))
    assert send_due(at=march(10, 22), provider=provider) == 0
    assert send_due(at=march(11, 7, 30), provider=provider) == 2
    assert list(Delivery.objects.filter(state="queued").values_list("next_try_at", flat=True)) == [
        march(12, 7, 30)
    ]


def test_the_cap_of_one_day_does_not_burden_the_next(places, provider, settings):
    settings.SMS_DAILY_CAP = 1
    make_delivery()
    make_delivery()
    assert send_due(at=march(10, 20, 59), provider=provider) == 1
    assert send_due(at=march(11, 7, 30), provider=provider) == 1


def test_urgent_messages_use_up_the_cap_for_the_others(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 1
    make_delivery(is_urgent=True)
    make_delivery()
    assert send_due(at=at, provider=provider) == 1
    assert states() == [DeliveryState.SENT, DeliveryState.QUEUED]


def test_the_cap_is_a_persons_and_not_the_citys(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 1
    for recipient in ("phone-one", "phone-two"):
        make_delivery(recipient=recipient)
    assert send_due(at=at, provider=provider) == 2


def test_what_the_cap_holds_back_for_too_long_is_not_sent_any_more(places, provider, settings):
    settings.SMS_DAILY_CAP = 0
    make_delivery(expires_at=march(12, 10))
    for day in (10, 11, 12):
        assert send_due(at=march(day, 10), provider=provider) == 0
    assert states() == [DeliveryState.EXPIRED]
    assert provider.sent == []


def test_an_uncertain_message_counts_for_the_cap(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 1
    provider.answers = [OSError("the line broke")]
    make_delivery()
    make_delivery()
    send_due(at=at, provider=provider)
    assert states() == [DeliveryState.UNKNOWN, DeliveryState.QUEUED]
