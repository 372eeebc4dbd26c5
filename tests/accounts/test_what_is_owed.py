"""What a signed-in person must do first, and how long a session lives."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.urls import reverse
from django.utils import timezone

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Harbour+light-42"


def change(browser, old=PASSWORD, new=NEW, again=None):
    answers = {"oldpassword": old, "password1": new, "password2": again or new}
    return browser.post(reverse("account_change_password"), answers)


def test_who_got_a_password_from_somebody_else_changes_it_before_anything(sign_in, people):
    people.county.must_change_password = True
    people.county.save()
    browser = sign_in(people.county)
    for path in ("/", "/account/me/", "/hazards/", "/admin/"):
        assert browser.get(path)["Location"] == reverse("account_change_password")
    assert browser.get(reverse("account_change_password")).status_code == 200
    assert change(browser)["Location"] == reverse("accounts:me")
    assert browser.get(reverse("accounts:me")).status_code == 200


def test_whoever_owes_something_may_still_leave_or_switch_the_language(sign_in, people):
    people.county.must_change_password = True
    people.county.save()
    browser = sign_in(people.county)
    assert browser.post(reverse("accounts:language"), {"language": "en"})["Location"] == "/"
    browser.post(reverse("account_logout"))
    assert not get_user(browser).is_authenticated


def test_a_password_of_more_than_ninety_days_is_changed_first(sign_in, people):
    now = timezone.now()
    people.county.password_changed_at = now - timedelta(days=90, hours=1)
    people.county.save()
    browser = sign_in(people.county)
    assert browser.get(reverse("accounts:me"))["Location"] == reverse("account_change_password")
    people.county.password_changed_at = now - timedelta(days=89)
    people.county.save()
    assert browser.get(reverse("accounts:me")).status_code == 200


def test_the_demo_does_not_age(sign_in, people, settings):
    settings.DEMO = True
    people.county.password_changed_at = timezone.now() - timedelta(days=200)
    people.county.save()
    assert sign_in(people.county).get(reverse("accounts:me")).status_code == 200


def test_changing_the_password_keeps_this_session_and_ends_what_was_owed(sign_in, people):
    browser = sign_in(people.county)
    change(browser)
    assert get_user(browser) == people.county
    people.county.refresh_from_db()
    assert people.county.check_password(NEW)
    assert people.county.password_changed_at is not None


@pytest.mark.parametrize(
    "new", ["short+1A", "alllettersonly", "county-county", "Password123", "1234567890123", PASSWORD]
)
def test_a_password_that_is_easy_to_guess_is_refused(sign_in, people, new):
    change(sign_in(people.county), new=new)
    people.county.refresh_from_db()
    assert people.county.check_password(PASSWORD)


def test_a_wrong_present_password_changes_nothing(sign_in, people):
    change(sign_in(people.county), old="not-the-one")
    people.county.refresh_from_db()
    assert people.county.check_password(PASSWORD)


@pytest.mark.parametrize("role", ["city", "county", "town", "leader", "officer", "dept", "admin", "auditor"])
def test_whoever_decides_over_others_enrols_a_second_factor_first(sign_in, people, settings, role):
    settings.REQUIRE_MFA = True
    browser = sign_in(getattr(people, role))
    assert browser.get("/")["Location"] == reverse("mfa_activate_totp")


def test_who_may_do_everything_enrols_one_even_without_a_post(sign_in, people, settings):
    settings.REQUIRE_MFA = True
    people.grid.is_superuser = True
    people.grid.save(update_fields=["is_superuser"])
    assert sign_in(people.grid).get("/")["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("role", ["enterprise", "grid", "expert", "agency"])
def test_others_go_on_without_a_second_factor(sign_in, people, settings, role):
    settings.REQUIRE_MFA = True
    assert sign_in(getattr(people, role)).get(reverse("accounts:me")).status_code == 200


def test_a_session_ends_a_quarter_of_an_hour_after_the_last_page(client, people, type_in, time_machine):
    time_machine.move_to("2026-03-10 10:00:00+08:00", tick=False)
    type_in("county")
    for minute in (10, 20, 30):
        time_machine.move_to(f"2026-03-10 10:{minute}:00+08:00", tick=False)
        assert client.get(reverse("accounts:me")).status_code == 200
    time_machine.move_to("2026-03-10 10:45:01+08:00", tick=False)
    assert client.get(reverse("accounts:me"))["Location"].startswith(reverse("account_login"))


def test_reading_page_after_page_writes_the_session_once_a_minute(
    client, people, type_in, time_machine, django_assert_num_queries
):
    time_machine.move_to("2026-03-10 10:00:00+08:00", tick=False)
    type_in("county")
    client.get("/account/logout/")
    seen = client.session["seen"]
    time_machine.move_to("2026-03-10 10:00:59+08:00", tick=False)
    # The session and the person: nothing is written.
    with django_assert_num_queries(2):
        client.get("/account/inactive/")
    time_machine.move_to("2026-03-10 10:01:00+08:00", tick=False)
    client.get("/account/inactive/")
    assert client.session["seen"] == seen + 60
