"""A file sent ahead twice at the same moment, on real connections: the first answer was lost while it was being read."""

import pytest
from django.test import Client
from django.urls import reverse

from attachments.models import Attachment
from tests.at_once import at_once
from tests.attachments import samples

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_file_that_comes_twice_at_once_is_kept_once(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(people.enterprise, backend=BACKEND)

    def send(browser):
        form = {"file": samples.upload(samples.pdf(), "a.pdf"), "purpose": "before"}
        return lambda: browser.post(reverse("attachments:waiting"), form).json()["files"][0]["id"]

    first, second = at_once(*(send(browser) for browser in browsers))

    assert first == second == Attachment.objects.get().pk
