"""A person's own messages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from inbox.context import count_unread, unread
from inbox.models import Message, Preference
from inbox.services import read_all
from tests.factories.inbox import make_message


@pytest.fixture
def client(people, sign_in):
    return sign_in(people.town)


def test_the_page_shows_ones_own_messages_only(client, people):
    make_message(people.town, title="给镇街的")
    make_message(people.county, title="给县里的")
    page = client.get(reverse("inbox:messages")).content.decode()

    assert "给镇街的" in page
    assert "给县里的" not in page


def test_the_unread_filter_keeps_the_new_ones(client, people, at):
    make_message(people.town, title="新的")
    make_message(people.town, title="旧的", read_at=at)
    page = client.get(reverse("inbox:messages"), {"show": "unread"}).content.decode()

    assert "新的" in page
    assert "旧的" not in page


def test_opening_a_message_marks_it_read_and_leads_to_its_page(client, people):
    message = make_message(people.town, url="/messages/?show=unread")
    answer = client.post(reverse("inbox:read", args=[message.pk]))

    assert answer["Location"] == "/messages/?show=unread"
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_never_leads_to_another_site(client, people):
    message = make_message(people.town, url="https://example.org/")
    answer = client.post(reverse("inbox:read", args=[message.pk]))
    assert answer["Location"] == reverse("inbox:messages")


def test_marking_read_in_the_list_stays_in_the_list(client, people):
    message = make_message(people.town, url="/elsewhere/")
    answer = client.post(
        reverse("inbox:read", args=[message.pk]), {"stay": "1", "show": "unread", "page": "2"}
    )
    assert answer["Location"] == reverse("inbox:messages") + "?show=unread&page=2"


def test_somebody_elses_message_does_not_exist(client, people):
    message = make_message(people.county)
    assert client.post(reverse("inbox:read", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.is_unread


@pytest.mark.parametrize("name", ["inbox:read_all", "inbox:read"])
def test_reading_a_page_marks_nothing(client, people, name):
    message = make_message(people.town)
    args = [message.pk] if name == "inbox:read" else []
    assert client.get(reverse(name, args=args)).status_code == 405
    assert Message.objects.unread().count() == 1


def test_all_are_marked_at_once(client, people):
    for _number in range(3):
        make_message(people.town)
    make_message(people.county)
    client.post(reverse("inbox:read_all"))

    assert Message.objects.unread().get().user == people.county


def test_what_comes_in_while_one_marks_all_stays_new(people, at):
    make_message(people.town, at=at + timedelta(seconds=1))
    assert read_all(by=people.town, at=at) == 0


def test_the_bell_counts_once_per_request(people, django_assert_num_queries):
    make_message(people.town)
    request = RequestFactory().get("/")
    request.user = people.town
    with django_assert_num_queries(1):
        assert unread(request)["unread_messages"]() == 1
        assert count_unread(request) == 1


def test_a_visitor_has_no_messages_and_costs_no_query(db, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert count_unread(request) == 0


def test_a_page_of_messages_costs_the_same_for_one_and_for_thirty(
    client, people, django_assert_max_num_queries
):
    for _number in range(30):
        make_message(people.town)
    with django_assert_max_num_queries(10):
        client.get(reverse("inbox:messages"))


def test_a_person_switches_one_notice_off_and_on_again(client, people, declare, reported):
    declare(reported(sms=True))
    page = reverse("inbox:preferences")
    client.post(page, {})
    assert Preference.objects.get().code == "testing.reported"
    client.post(page, {"testing.reported": "on"})
    assert not Preference.objects.exists()


def test_urgent_notices_are_not_offered_for_refusal(client, declare, reported):
    declare(reported(sms=True, urgent=True))
    assert "A record was reported" not in client.get(reverse("inbox:preferences")).content.decode()
