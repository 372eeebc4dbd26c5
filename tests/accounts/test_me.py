"""A person's own page: posts, delegation, sessions; and the language switch."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delegation, User
from accounts.selectors import device_of
from accounts.services import delegate

pytestmark = pytest.mark.django_db
ME = "/account/me/"


@pytest.fixture
def colleague(people):
    """Somebody of the same bureau as the county regulator."""
    return people.officer


def answers(colleague, first=0, last=2):
    today = timezone.localdate()
    return {
        "receiver": colleague.pk,
        "from_on": (today + timedelta(days=first)).isoformat(),
        "to_on": (today + timedelta(days=last)).isoformat(),
        "reason": "年休假",
    }


def test_a_visitor_is_led_to_the_door(client, db):
    assert client.get(ME)["Location"] == f"{reverse('account_login')}?next={ME}"


def test_one_sees_ones_posts_with_their_place(sign_in, people):
    page = sign_in(people.county).get(ME).content.decode()
    assert "广饶县应急管理局" in page
    assert "广饶县</td>" in page
    assert "2025-01-01" in page


def test_a_colleague_of_the_same_organisation_can_act_for_me(sign_in, people, colleague):
    response = sign_in(people.county).post(ME, answers(colleague))
    assert response["Location"] == ME
    delegation = Delegation.objects.get()
    assert (delegation.giver, delegation.receiver) == (people.county, colleague)


def test_people_of_other_organisations_cannot_be_chosen(sign_in, people):
    response = sign_in(people.county).post(ME, answers(people.other_county))
    assert response.status_code == 422
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (3, 1)])
def test_days_that_cannot_be_come_back_with_the_form_filled_in(sign_in, people, colleague, first, last):
    response = sign_in(people.county).post(ME, answers(colleague, first, last))
    assert response.status_code == 422
    assert "年休假" in response.content.decode()
    assert "sw-summary" in response.content.decode()


def test_posts_that_one_acts_in_for_another_name_the_other(sign_in, people, colleague):
    now = timezone.now()
    today = timezone.localdate()
    delegate(people.county, receiver=colleague, from_on=today, to_on=today, reason="出差", at=now)
    assert "周明远" in sign_in(colleague).get(ME).content.decode()


def test_a_delegation_is_ended_by_the_giver_only_and_by_a_post(sign_in, people, colleague):
    browser = sign_in(people.county)
    browser.post(ME, answers(colleague))
    delegation = Delegation.objects.get()
    address = reverse("accounts:end_delegation", args=[delegation.pk])
    assert browser.get(address).status_code == 405
    assert sign_in(colleague).post(address).status_code == 404
    assert sign_in(people.county).post(address)["Location"] == ME
    delegation.refresh_from_db()
    assert delegation.ended_on == timezone.localdate()


def test_ending_a_delegation_twice_is_no_error(sign_in, people, colleague):
    browser = sign_in(people.county)
    browser.post(ME, answers(colleague))
    address = reverse("accounts:end_delegation", args=[Delegation.objects.get().pk])
    browser.post(address)
    assert browser.post(address).status_code == 302


def test_one_sees_where_one_is_signed_in_and_can_end_it(client, people, type_in):
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0"
    client.post(
        reverse("account_login"),
        {"login": "enterprise", "password": "Guard-2026-sea"},
        headers={"user-agent": phone},
    )
    first = UserSession.objects.get()
    client.cookies.clear()
    type_in("enterprise")
    assert "iPhone" in client.get(ME).content.decode()
    client.post(reverse("accounts:end_session", args=[first.pk]))
    assert not client.session.exists(first.session_key)
    assert "iPhone" not in client.get(ME).content.decode()


def test_the_sessions_of_others_cannot_be_ended(client, people, type_in):
    type_in("enterprise")
    theirs = UserSession.objects.get()
    client.cookies.clear()
    type_in("grid")
    assert client.post(reverse("accounts:end_session", args=[theirs.pk])).status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize(
    ("sign", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537", "Chrome · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari · macOS"),
    ],
)
def test_a_device_is_named_as_people_know_it(sign, device):
    assert device_of(sign) == device


def test_an_unknown_device_is_called_so():
    assert device_of("curl/8")


def test_the_language_is_switched_for_this_browser_and_kept_for_the_person(sign_in, people):
    browser = sign_in(people.county)
    assert browser.get(ME)["Content-Language"] == "zh-hans"
    response = browser.post(reverse("accounts:language"), {"language": "en", "next": ME})
    assert response["Location"] == ME
    page = browser.get(ME)
    assert page["Content-Language"] == "en"
    assert "My account" in page.content.decode()
    assert User.objects.get(pk=people.county.pk).language == "en"


def test_a_visitor_keeps_the_language_in_the_browser(client, db):
    client.post(reverse("accounts:language"), {"language": "en"})
    assert client.get(reverse("account_login"))["Content-Language"] == "en"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_switch_leads_nowhere_else(client, db, back):
    assert client.post(reverse("accounts:language"), {"language": "en", "next": back})["Location"] == "/"


def test_a_language_that_is_not_spoken_changes_nothing(sign_in, people):
    browser = sign_in(people.county)
    browser.post(reverse("accounts:language"), {"language": "tlh"})
    assert User.objects.get(pk=people.county.pk).language == "zh-hans"
    assert browser.get(reverse("accounts:language")).status_code == 405
