"""Files sent ahead of their form wait for it, seen by their giver alone."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from attachments import views
from attachments.models import Attachment
from attachments.services import attach
from tests.attachments import samples

URL = reverse("attachments:waiting")


@pytest.fixture
def ahead(sign_in, people):
    """Send one file ahead of its form."""

    def _ahead(upload=None, by=people.enterprise, **changes):
        upload = upload or samples.upload(samples.phone_photo(), "现场.jpg")
        return sign_in(by).post(URL, {"file": upload, "purpose": "before", **changes})

    return _ahead


def test_a_file_sent_ahead_waits_and_is_told_to_its_giver(ahead, sign_in, people):
    told = ahead().json()["files"]
    row = Attachment.objects.get()
    assert (row.target_id, row.uploaded_by, row.purpose) == (None, people.enterprise, "before")
    assert told == sign_in(people.enterprise).get(URL).json()["files"]
    assert told[0] == {
        "id": row.pk,
        "name": "现场.jpg",
        "purpose": "before",
        "thumbnail": reverse("attachments:thumbnail", args=[row.pk]),
    }


def test_nobody_else_hears_of_it(ahead, sign_in, people):
    ahead()
    assert sign_in(people.town).get(URL).json() == {"files": []}


def test_a_file_that_a_record_has_taken_waits_no_longer(ahead, sign_in, people, enterprise):
    attach([ahead().json()["files"][0]["id"]], enterprise, by=people.enterprise)
    assert sign_in(people.enterprise).get(URL).json() == {"files": []}


def test_a_file_that_cannot_be_taken_is_refused_with_its_fault(ahead):
    answer = ahead(samples.upload(b"MZ program", "b.jpg"))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        "b.jpg：文件名是 .jpg，内容却不是这种文件。传原来的文件，不要改扩展名。"
    ]
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("purpose", ["", "x" * 21, "a b", "\x00"])
def test_a_purpose_that_is_none_is_refused(ahead, purpose):
    assert ahead(purpose=purpose).status_code == 422


def test_a_request_without_a_file_is_refused(sign_in, people):
    assert sign_in(people.enterprise).post(URL, {"purpose": "before"}).status_code == 422


def test_a_photo_that_waited_on_the_phone_says_when_it_was_chosen(ahead):
    ahead(device_time="2026-03-10T01:58:31Z")
    assert Attachment.objects.get().device_time == datetime(2026, 3, 10, 1, 58, 31, tzinfo=UTC)


def test_a_file_whose_answer_got_lost_is_kept_once(ahead):
    first, again = ahead(), ahead()
    assert first.json() == again.json()
    assert Attachment.objects.count() == 1


def test_too_many_that_wait_are_refused(ahead, monkeypatch):
    monkeypatch.setattr(views, "WAITING_LIMIT", 1)
    assert ahead().status_code == 201
    answer = ahead(samples.upload(samples.pdf(), "a.pdf"))
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 1)
    assert Attachment.objects.count() == 1


def test_a_visitor_is_led_to_the_sign_in(client, db):
    assert client.post(URL).status_code == 302
    assert client.get(URL).status_code == 302


def test_it_is_protected_against_forged_requests(people):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.enterprise)
    answer = browser.post(URL, {"file": samples.upload(samples.pdf(), "a.pdf"), "purpose": "before"})
    assert answer.status_code == 403
