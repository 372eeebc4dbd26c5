"""Codes from the phone: enrolling, signing in, losing the phone."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def code_for(secret):
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def enrolled(client, people, type_in, settings):
    """A county regulator who was led to the page and enrolled; returns the secret and the recovery codes."""
    settings.REQUIRE_MFA = True
    type_in("county")
    page = client.get(client.get("/")["Location"])
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    codes = client.get(done["Location"]).context["unused_codes"]
    client.post(reverse("account_logout"))
    # The same code is not taken twice; the tests sign in within the same half minute.
    cache.clear()
    return secret, codes


def test_the_page_shows_the_square_and_the_key(client, people, type_in, settings):
    settings.REQUIRE_MFA = True
    type_in("county")
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert page.context["form"].secret in page.content.decode()


def test_a_wrong_code_enrols_nobody(client, people, type_in, settings):
    settings.REQUIRE_MFA = True
    type_in("county")
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "sw-error" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_after_enrolling_the_password_alone_opens_nothing(client, people, type_in, enrolled):
    assert type_in("county")["Location"] == reverse("mfa_authenticate")
    assert not get_user(client).is_authenticated
    assert client.get(reverse("mfa_authenticate")).status_code == 200


def test_the_code_of_the_phone_opens_the_door(client, people, type_in, enrolled):
    secret, _codes = enrolled
    type_in("county")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert get_user(client) == people.county
    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_recovery_code_opens_it_once(client, people, type_in, enrolled):
    _secret, codes = enrolled
    for opened in (True, False):
        type_in("county")
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert get_user(client).is_authenticated is opened
        client.post(reverse("account_logout"))


def test_guessing_codes_is_stopped_after_five(client, people, type_in, enrolled):
    secret, _codes = enrolled
    type_in("county")
    for _try in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert not get_user(client).is_authenticated


def test_the_secret_does_not_lie_readable_in_the_database(people, enrolled):
    secret, codes = enrolled
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert codes[0] not in stored


def test_who_signed_in_with_a_code_is_not_looked_up_on_every_page(
    client, people, type_in, enrolled, django_assert_num_queries
):
    secret, _codes = enrolled
    type_in("county")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    client.get("/account/inactive/")
    # The session, the person and their posts.
    with django_assert_num_queries(3):
        client.get("/account/inactive/")


def test_removing_the_second_factor_leads_to_setting_it_up_again(client, people, type_in, enrolled):
    secret, _codes = enrolled
    type_in("county")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()
    client.post(reverse("account_logout"))
    type_in("county")
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")


def test_new_recovery_codes_replace_the_old(client, people, type_in, enrolled):
    secret, codes = enrolled
    type_in("county")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert not set(page.context["unused_codes"]) & set(codes)
    download = client.get(reverse("mfa_download_recovery_codes"))
    assert download["Content-Type"].startswith("text/plain")


def test_an_old_sign_in_is_confirmed_before_the_factor_changes(
    client, people, type_in, enrolled, time_machine
):
    secret, _codes = enrolled
    type_in("county")
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    time_machine.move_to(timezone.now() + timedelta(minutes=10))
    address = client.get(reverse("mfa_generate_recovery_codes"))["Location"]
    assert "reauthenticate" in address
    assert client.get(address).status_code == 200
