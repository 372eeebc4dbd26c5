"""The way of one SMS: limits, repetition, bounce, and never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.models import Delivery, DeliveryState
from inbox.signals import delivery_failed
from inbox.sms.backends import Outcome, Result
from inbox.sms.sending import STUCK_AFTER, claim, send_due
from tests.factories.inbox import make_delivery

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE_EVENING = datetime(2026, 3, 10, 22, 15, tzinfo=SHANGHAI)
MORNING_AFTER = datetime(2026, 3, 11, 7, 30, tzinfo=SHANGHAI)


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_a_waiting_message_is_sent(places, at, provider):
    delivery = make_delivery()

    assert send_due(at=at, provider=provider) == 1
    assert state_of(delivery) == DeliveryState.SENT
    assert (delivery.provider_id, delivery.settled_at, delivery.attempts) == ("p-1", at, 1)


def test_a_sent_message_is_not_sent_again(places, at, provider):
    make_delivery()
    send_due(at=at, provider=provider)

    assert send_due(at=at + timedelta(days=1), provider=provider) == 0
    assert len(provider.sent) == 1


def test_at_night_a_message_waits_for_the_morning(places, provider):
    delivery = make_delivery(
        at=LATE_EVENING, next_try_at=LATE_EVENING, expires_at=LATE_EVENING + timedelta(days=2)
    )

    assert send_due(at=LATE_EVENING, provider=provider) == 0
    assert (state_of(delivery), delivery.next_try_at) == (DeliveryState.QUEUED, MORNING_AFTER)
    assert send_due(at=MORNING_AFTER, provider=provider) == 1


def test_an_urgent_message_wakes_people(places, provider):
    make_delivery(next_try_at=LATE_EVENING, is_urgent=True)

    assert send_due(at=LATE_EVENING, provider=provider) == 1


def test_over_the_daily_cap_a_message_waits_for_the_next_day(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 2
    rows = [make_delivery() for _number in range(3)]
    make_delivery(recipient="phone-another")

    assert send_due(at=at, provider=provider) == 3
    assert [state_of(row) for row in rows] == [DeliveryState.SENT, DeliveryState.SENT, DeliveryState.QUEUED]
    assert rows[2].next_try_at == MORNING_AFTER


def test_an_urgent_message_goes_out_over_the_cap(places, at, provider, settings):
    settings.SMS_DAILY_CAP = 0
    make_delivery(is_urgent=True)

    assert send_due(at=at, provider=provider) == 1


def test_urgent_messages_go_first(places, at, provider):
    make_delivery(key="later")
    make_delivery(key="first", is_urgent=True)
    send_due(at=at, provider=provider)

    assert provider.sent == ["first", "later"]


def test_a_message_that_is_worth_nothing_any_more_is_not_sent(places, at, provider):
    delivery = make_delivery(expires_at=at)

    assert send_due(at=at, provider=provider) == 0
    assert state_of(delivery) == DeliveryState.EXPIRED


def test_a_message_put_off_by_the_provider_is_tried_again_after_a_longer_pause(places, at, provider):
    delivery = make_delivery()
    provider.answers = [Outcome(Result.RETRY, error="busy"), Outcome(Result.RETRY, error="busy")]

    send_due(at=at, provider=provider)
    assert (state_of(delivery), delivery.error) == (DeliveryState.QUEUED, "busy")
    assert delivery.next_try_at == at + timedelta(seconds=30)
    assert send_due(at=at + timedelta(seconds=29), provider=provider) == 0
    send_due(at=delivery.next_try_at, provider=provider)
    assert state_of(delivery) == DeliveryState.QUEUED
    assert delivery.next_try_at == at + timedelta(seconds=30 + 120)
    send_due(at=delivery.next_try_at, provider=provider)
    assert (state_of(delivery), delivery.attempts) == (DeliveryState.SENT, 3)


@pytest.fixture
def bounced():
    heard = []

    def hear(sender, delivery, at, **kwargs):
        heard.append(delivery.pk)

    delivery_failed.connect(hear)
    yield heard
    delivery_failed.disconnect(hear)


def test_after_the_last_attempt_it_has_failed_and_says_so(
    places, at, provider, settings, bounced, django_capture_on_commit_callbacks
):
    settings.SMS_MAX_ATTEMPTS = 1
    delivery = make_delivery()
    provider.answers = [Outcome(Result.RETRY, error="busy")]
    with django_capture_on_commit_callbacks(execute=True):
        send_due(at=at, provider=provider)

    assert state_of(delivery) == DeliveryState.FAILED
    assert bounced == [delivery.pk]


def test_a_refusal_for_good_is_announced_after_commit_and_never_repeated(
    places, at, provider, bounced, django_capture_on_commit_callbacks
):
    delivery = make_delivery()
    provider.answers = [Outcome(Result.FAILED, error="isv.MOBILE_NUMBER_ILLEGAL")]
    with django_capture_on_commit_callbacks(execute=True):
        send_due(at=at, provider=provider)
        assert bounced == []

    assert bounced == [delivery.pk]
    send_due(at=at + timedelta(hours=1), provider=provider)
    assert len(provider.sent) == 1


def test_a_provider_that_breaks_leaves_the_message_uncertain_not_repeated(places, at, provider):
    delivery = make_delivery()
    provider.answers = [ConnectionResetError("gone")]
    send_due(at=at, provider=provider)

    assert state_of(delivery) == DeliveryState.UNKNOWN
    send_due(at=at + timedelta(hours=1), provider=provider)
    assert len(provider.sent) == 1
    assert provider.asked == [delivery.key]


@pytest.mark.parametrize(
    ("knows", "expected"),
    [
        (Result.SENT, DeliveryState.SENT),
        (Result.FAILED, DeliveryState.FAILED),
        (Result.UNKNOWN, DeliveryState.UNKNOWN),
    ],
)
def test_what_a_killed_worker_left_is_asked_about_and_not_sent(places, at, provider, knows, expected):
    delivery = make_delivery()
    claim(at=at)
    provider.knows = Outcome(knows)
    send_due(at=at + STUCK_AFTER, provider=provider)

    assert state_of(delivery) == expected
    assert provider.sent == []


def test_what_the_provider_certainly_never_had_is_sent_under_the_same_key(places, at, provider):
    delivery = make_delivery()
    claim(at=at)
    provider.knows = Outcome(Result.RETRY)
    send_due(at=at + STUCK_AFTER, provider=provider)
    assert state_of(delivery) == DeliveryState.QUEUED

    send_due(at=delivery.next_try_at, provider=provider)
    assert state_of(delivery) == DeliveryState.SENT
    assert provider.sent == [delivery.key]


def test_a_message_that_is_just_being_sent_is_left_to_its_worker(places, at, provider):
    make_delivery()
    claim(at=at)
    send_due(at=at + timedelta(minutes=1), provider=provider)

    assert provider.asked == []


def test_an_uncertain_message_is_not_asked_about_for_ever(places, at, provider):
    make_delivery()
    claim(at=at)
    send_due(at=at + STUCK_AFTER, provider=provider)
    send_due(at=at + timedelta(days=2), provider=provider)

    assert len(provider.asked) == 1


def test_behind_many_that_are_put_off_the_first_that_may_go_is_found(places, at):
    spent = [make_delivery(recipient=f"spent-{number}", expires_at=at) for number in range(12)]
    last = make_delivery(recipient="last", next_try_at=at - timedelta(minutes=1), is_urgent=False)
    Delivery.objects.filter(pk__in=[row.pk for row in spent]).update(next_try_at=at - timedelta(hours=1))
    assert claim(at=at) == last
    assert set(Delivery.objects.exclude(pk=last.pk).values_list("state", flat=True)) == {"expired"}
