"""Password and code: a leader enrols, keeps the recovery codes, signs in with one, and takes the factor off again."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.axe import faults_of
from tests.journeys.pages import SECOND_FACTOR
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
BUTTON = "main form button.btn-primary"


def code_of(secret: str) -> str:
    """Return what the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


class Way:
    """The pages passed, and what axe found on them."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.found: dict[str, object] = {}

    def at(self, page: Page, name: str) -> None:
        """Take in the page that was reached."""
        expect(page).to_have_url(re.compile(re.escape(reverse(name))))
        self.seen.add(name)
        if faults := faults_of(page):
            self.found[name] = faults


def type_in(page: Page, user) -> None:
    """Type name and password."""
    page.goto("/account/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.click(BUTTON)


def enrol(page: Page, way: Way) -> str:
    """Set the factor up, as whoever decides over others must, and return a recovery code."""
    way.at(page, "mfa_activate_totp")
    page.fill("[name=code]", code_of(page.locator("p .sw-id").inner_text()))
    page.click(BUTTON)
    page.goto(reverse("mfa_view_recovery_codes"))
    way.at(page, "mfa_view_recovery_codes")
    expect(page.locator(".sw-codes li")).to_have_count(10)
    return page.locator(".sw-codes li").first.inner_text()


def test_the_way_through_the_second_factor_is_open_to_everybody(visit, people, settings):
    settings.REQUIRE_MFA = True
    way, page = Way(), visit(path="/account/login/")
    type_in(page, people.leader)
    code = enrol(page, way)

    # Another day, another browser: the password alone opens nothing, the code does.
    page = visit(path="/account/login/")
    type_in(page, people.leader)
    way.at(page, "mfa_authenticate")
    page.fill("[name=code]", code)
    page.click(BUTTON)
    expect(page.locator("h1")).to_be_visible()
    page.goto(reverse("mfa_generate_recovery_codes"))
    way.at(page, "mfa_generate_recovery_codes")
    page.goto(reverse("mfa_deactivate_totp"))
    way.at(page, "mfa_deactivate_totp")

    # A sign-in too long ago is confirmed before the factor may go.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    page.click(BUTTON)
    page.goto(reverse("mfa_reauthenticate"))
    way.at(page, "mfa_reauthenticate")

    assert way.found == {}
    assert way.seen == SECOND_FACTOR
