"""The door says how long one may be away, as it is set."""

import pytest
from django.urls import reverse
from django.utils import translation

from config.templatetags.look import idle_time


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(60, "1 minute"), (900, "15 minutes"), (3600, "1 hour"), (8 * 3600, "8 hours"), (5400, "90 minutes")],
)
def test_whole_hours_are_said_as_hours_and_the_rest_in_minutes(settings, seconds, said):
    settings.SESSION_COOKIE_AGE = seconds
    with translation.override("en"):
        assert idle_time() == said


@pytest.mark.django_db
def test_the_sign_in_page_says_the_time_that_is_set(client, settings):
    settings.SESSION_COOKIE_AGE = 7 * 3600
    client.cookies["django_language"] = "en"
    assert "signed out after 7 hours without use" in client.get(reverse("account_login")).content.decode()
