"""Who may see the record may open its files; for everybody else they do not exist."""

import pytest
from django.urls import reverse

from attachments.services import attach, receive
from tests.attachments import samples


@pytest.fixture
def photo(people, enterprise, at):
    """A photo of the enterprise in Dawang."""
    row = receive(
        samples.upload(samples.phone_photo(), "现场.jpg"), by=people.enterprise, at=at, purpose="before"
    )
    attach([row.pk], enterprise, by=people.enterprise)
    return row


def url(row, page="open"):
    return reverse(f"attachments:{page}", args=[row.pk])


PAGES = ["open", "show", "thumbnail"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("enterprise", 200), ("town", 200), ("county", 200), ("city", 200)]
)
def test_it_opens_for_who_sees_the_record(sign_in, people, photo, who, status, page):
    assert sign_in(getattr(people, who)).get(url(photo, page)).status_code == status


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["other_enterprise", "other_town", "other_county", "expert"])
def test_it_is_not_there_for_anybody_else(sign_in, people, photo, who, page):
    assert sign_in(getattr(people, who)).get(url(photo, page)).status_code == 404


def test_a_visitor_is_led_to_the_sign_in(client, photo):
    assert client.get(url(photo)).status_code == 302


def test_an_unbound_file_is_there_for_its_giver_alone(sign_in, people, at):
    row = receive(samples.upload(samples.pdf(), "a.pdf"), by=people.enterprise, at=at, purpose="plan")
    assert sign_in(people.enterprise).get(url(row)).status_code == 200
    assert sign_in(people.town).get(url(row)).status_code == 404


def test_files_of_a_record_without_a_scope_are_there_for_nobody(sign_in, people, at, photo):
    post = people.town.posts[0]
    assert not hasattr(type(post)._default_manager, "visible_to")
    row = receive(samples.upload(samples.pdf(), "a.pdf"), by=people.town, at=at, purpose="plan", target=post)
    assert sign_in(people.town).get(url(row)).status_code == 404


def test_the_original_is_a_download_that_no_browser_may_reinterpret(sign_in, people, photo):
    response = sign_in(people.town).get(url(photo))
    assert b"".join(response.streaming_content) == samples.phone_photo()
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%8E%B0")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("private")


def test_what_is_shown_knows_nothing_of_the_camera(sign_in, people, photo):
    response = sign_in(people.town).get(url(photo, "show"))
    assert response["Content-Type"] == "image/jpeg"
    assert b"Secret phone" not in b"".join(response.streaming_content)


def test_a_document_has_no_picture(sign_in, people, at):
    row = receive(samples.upload(samples.pdf(), "a.pdf"), by=people.town, at=at, purpose="plan")
    assert sign_in(people.town).get(url(row, "thumbnail")).status_code == 404
    assert sign_in(people.town).get(url(row, "show")).status_code == 404


@pytest.mark.parametrize("state", ["received", "refused"])
def test_a_file_that_was_not_found_clean_cannot_be_opened(sign_in, people, photo, state):
    photo.scan_state = state
    photo.save(update_fields=["scan_state"])
    assert sign_in(people.town).get(url(photo)).status_code == 404


def test_the_server_in_front_sends_the_file_where_it_can(sign_in, people, photo, settings):
    settings.ACCEL_REDIRECT = "/protected/"
    response = sign_in(people.town).get(url(photo))
    assert response["X-Accel-Redirect"] == f"/protected/{photo.file.name}"
    assert response["Content-Type"] == "image/jpeg"
    assert response.content == b""


def test_the_server_in_front_is_asked_only_after_the_scope_was(sign_in, people, photo, settings):
    settings.ACCEL_REDIRECT = "/protected"
    assert sign_in(people.other_town).get(url(photo)).status_code == 404


def test_content_that_is_gone_from_the_disk_is_not_found(sign_in, people, photo):
    photo.file.storage.delete(photo.file.name)
    assert sign_in(people.town).get(url(photo)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_opening_changes_nothing_and_is_not_posted(sign_in, people, photo, page):
    assert sign_in(people.town).post(url(photo, page)).status_code == 405
