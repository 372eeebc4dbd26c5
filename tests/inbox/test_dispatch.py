"""The outbox: what happened is told once, whatever breaks on the way."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox import outbox
from inbox.models import Delivery, FailedNotice, Message, MessageTemplate, Preference
from inbox.notices import Phone
from tests.factories.inbox import make_change, make_deadline, make_event


def with_phone(user, number):
    user.phone = number
    user.save(update_fields=["phone"])
    return user


def test_a_state_change_becomes_a_message_and_is_marked(enterprise, people, at, declare, reported):
    declare(reported())
    change = make_change(enterprise)

    assert outbox.dispatch(at=at) == 1

    message = Message.objects.get()
    assert (message.user, message.url) == (people.town, f"/enterprises/{enterprise.pk}/")
    assert message.title == f"{enterprise.name} 上报了一条隐患"
    change.refresh_from_db()
    assert change.dispatched_at == at


def test_nothing_is_told_a_second_time(enterprise, at, declare, reported):
    declare(reported())
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert outbox.dispatch(at=at + timedelta(minutes=1)) == 0
    assert Message.objects.count() == 1


def test_an_event_that_lost_its_mark_still_tells_nobody_twice(enterprise, people, at, declare, reported):
    declare(reported(sms=True))
    with_phone(people.town, "13605461111")
    change = make_change(enterprise)
    outbox.dispatch(at=at)
    type(change).objects.filter(pk=change.pk).update(dispatched_at=None)

    assert outbox.dispatch(at=at) == 1
    assert (Message.objects.count(), Delivery.objects.count()) == (1, 1)


def test_an_event_nobody_listens_to_is_only_marked(enterprise, at, declare, reported):
    declare(reported())
    make_change(enterprise, verb="close")

    assert outbox.dispatch(at=at) == 1
    assert not Message.objects.exists()


def test_a_deadline_event_reaches_its_notice_with_its_level(enterprise, people, at, declare, reported):
    heard = []
    declare(
        reported(
            on="deadline:testing.answer:escalated",
            audience=lambda target, event: heard.append(event.level) or [people.county],
        )
    )
    make_event(make_deadline(enterprise), "escalated", "county")
    make_event(make_deadline(enterprise, rule="testing.other"), "escalated", "town")

    assert outbox.dispatch(at=at) == 2
    assert heard == ["county"]
    assert Message.objects.get().user == people.county


def test_a_broken_notice_is_kept_and_stops_no_other(enterprise, people, at, declare, reported):
    def broken(target, event):
        raise ZeroDivisionError("no audience")

    declare(reported(code="testing.broken", audience=broken), reported())
    make_change(enterprise)

    assert outbox.dispatch(at=at) == 1
    assert Message.objects.get().user == people.town
    failed = FailedNotice.objects.get()
    assert (failed.notice, failed.attempts) == ("testing.broken", 1)
    assert "no audience" in failed.error


def test_a_notice_that_breaks_in_the_database_leaves_the_rest_intact(enterprise, at, declare, reported):
    declare(
        reported(code="testing.broken", values=lambda target, event: {"name": "\x00"}),
        reported(),
    )
    make_change(enterprise)

    assert outbox.dispatch(at=at) == 1
    assert Message.objects.count() == 1
    assert FailedNotice.objects.get().notice == "testing.broken"


def test_a_broken_notice_is_tried_again_later_and_then_solved(enterprise, people, at, declare, reported):
    answers = [ZeroDivisionError("not yet"), ZeroDivisionError("not yet"), [people.town]]

    def audience(target, event):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    declare(reported(audience=audience))
    make_change(enterprise)
    outbox.dispatch(at=at)

    outbox.dispatch(at=at + timedelta(seconds=30))
    assert len(answers) == 2, "it waits a minute first"
    outbox.dispatch(at=at + timedelta(minutes=1))
    failed = FailedNotice.objects.get()
    assert (failed.attempts, failed.next_try_at) == (2, at + timedelta(minutes=3))
    outbox.dispatch(at=at + timedelta(minutes=3))
    failed.refresh_from_db()
    assert failed.solved_at == at + timedelta(minutes=3)
    assert Message.objects.count() == 1


def test_after_the_last_attempt_a_broken_notice_waits_for_a_person(enterprise, at, declare, reported):
    declare(reported(values=lambda target, event: {}))
    make_change(enterprise)
    moment = at
    for _attempt in range(outbox.MAX_ATTEMPTS):
        outbox.dispatch(at=moment)
        moment += timedelta(hours=12)

    failed = FailedNotice.objects.get()
    assert (failed.attempts, failed.next_try_at, failed.solved_at) == (outbox.MAX_ATTEMPTS, None, None)


def test_a_notice_by_sms_goes_to_people_with_a_number_and_to_bare_numbers(
    enterprise, people, at, declare, reported
):
    with_phone(people.town, "13605461111")
    audience = [people.town, people.county, Phone("13605462222", "陆春生"), Phone("")]
    declare(reported(sms=True, audience=lambda target, event: audience))
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert {row.phone for row in Delivery.objects.all()} == {"13605461111", "13605462222"}
    assert {row.region_id for row in Delivery.objects.all()} == {enterprise.region_id}
    assert Message.objects.count() == 2, "a bare number has no inbox"


def test_a_person_told_twice_over_gets_one_message(enterprise, people, at, declare, reported):
    with_phone(people.town, "13605461111")
    audience = [people.town, people.town, Phone("13605461111"), None]
    declare(reported(sms=True, audience=lambda target, event: audience))
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert (Message.objects.count(), Delivery.objects.count()) == (1, 1)


def test_a_closed_account_is_told_nothing(enterprise, people, at, declare, reported):
    people.town.is_active = False
    declare(reported())
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert not Message.objects.exists()


@pytest.mark.parametrize(("urgent", "expected"), [(False, 0), (True, 1)])
def test_a_refused_sms_stays_in_the_inbox_unless_it_is_urgent(
    enterprise, people, at, declare, reported, urgent, expected
):
    with_phone(people.town, "13605461111")
    Preference.objects.create(user=people.town, code="testing.reported", sms=False)
    declare(reported(sms=True, urgent=urgent))
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert (Message.objects.count(), Delivery.objects.count()) == (1, expected)


def test_an_administrators_wording_takes_the_place_of_the_products(enterprise, people, at, declare, reported):
    MessageTemplate.objects.create(code="testing.reported", channel="app", title="受理：{name}")
    MessageTemplate.objects.create(code="testing.reported", channel="sms", text="{name}", is_active=False)
    with_phone(people.town, "13605461111")
    declare(reported(sms=True))
    make_change(enterprise)
    outbox.dispatch(at=at)

    assert Message.objects.get().title == f"受理：{enterprise.name}"
    assert Delivery.objects.get().text == f"{enterprise.name} 上报隐患，等你受理。"


def test_the_number_is_not_readable_in_the_database(enterprise, people, at, declare, reported):
    with_phone(people.town, "13605461111")
    declare(reported(sms=True))
    make_change(enterprise)
    outbox.dispatch(at=at)

    raw = Delivery.objects.extra(select={"raw": "phone::text"}).values_list("raw", flat=True).get()
    assert "13605461111" not in raw
    assert Delivery.objects.get().phone == "13605461111"


def queries_for(changes, at):
    for enterprise in changes:
        make_change(enterprise)
    with CaptureQueriesContext(connection) as asked:
        assert outbox.dispatch(at=at) == len(changes)
    return len(asked)


def test_forty_events_cost_as_many_queries_as_two(enterprise, other_enterprise, at, declare, reported):
    declare(reported(on="testing.never"))
    ContentType.objects.get_for_model(enterprise)
    two = [enterprise, other_enterprise]

    assert queries_for(two, at) == queries_for(two * 20, at)
