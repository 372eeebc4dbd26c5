"""A file is kept exactly as given, with its hash; a record takes only what its giver gave."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from attachments.models import Attachment
from attachments.services import attach, of, plain_name, receive
from tests.attachments import samples


@pytest.fixture
def give(people, at):
    """Give a file as the safety officer."""

    def _give(content=None, name="photo.jpg", by=people.enterprise, **more):
        content = samples.phone_photo() if content is None else content
        return receive(samples.upload(content, name), by=by, at=at, purpose="before", **more)

    return _give


def test_the_original_is_kept_byte_for_byte_with_its_hash(give):
    content = samples.phone_photo(orientation=6)
    row = give(content)
    row.refresh_from_db()
    assert row.file.open().read() == content
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.size == len(content)


def test_the_type_is_what_we_found_and_not_what_the_browser_said(give):
    assert give().content_type == "image/jpeg"


def test_a_photo_keeps_time_place_size_and_fingerprint_in_columns(give):
    row = give()
    row.refresh_from_db()
    assert row.taken_at.isoformat() == "2026-03-10T01:58:31+00:00"
    assert (row.latitude, row.longitude) == (Decimal("30.590000"), Decimal("114.310000"))
    assert (row.width, row.height) == (64, 48)
    assert len(row.phash) == 16


def test_a_document_has_no_copies_to_show(give):
    row = give(samples.pdf(), "plan.pdf")
    assert not row.shown
    assert not row.thumbnail
    assert row.width is None


def test_the_clock_of_the_phone_is_kept_beside_that_of_the_server(give, at):
    row = give(device_time=at - timedelta(hours=5))
    row.refresh_from_db()
    assert row.uploaded_at - row.device_time == timedelta(hours=5)


def test_the_stored_name_is_not_the_one_that_was_given(give):
    row = give(name="../../etc/王某某 举报.jpg")
    assert row.original_name == "王某某 举报.jpg"
    assert "王" not in row.file.name
    assert row.file.name.startswith("attachments/2")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a\u202egpj.exe.jpg", "agpj.exe.jpg"), ("C:\\fakepath\\a.jpg", "a.jpg"), ("x\n\x00y.jpg", "xy.jpg")],
)
def test_signs_that_deceive_are_dropped_from_the_name(given, kept):
    assert plain_name(given) == kept


def test_a_refused_file_leaves_nothing_behind(give, media):
    with pytest.raises(ValidationError):
        give(b"MZ not a photo")
    assert not Attachment.objects.exists()
    assert not list(media.rglob("*.*"))


def test_bound_files_are_found_by_record_and_purpose(give, enterprise, people):
    row = give()
    attach([row.pk], enterprise, by=people.enterprise)
    assert list(of(enterprise)) == [row]
    assert list(of(enterprise, "before")) == [row]
    assert not of(enterprise, "after").exists()


def test_a_file_given_by_somebody_else_cannot_be_bound(give, enterprise, people):
    mine, theirs = give(), give(by=people.other_enterprise)
    with pytest.raises(ValidationError, match="no longer there"):
        attach([mine.pk, theirs.pk], enterprise, by=people.enterprise)
    assert not of(enterprise).exists()


def test_a_file_cannot_be_bound_twice(give, enterprise, other_enterprise, people):
    row = give()
    attach([row.pk], enterprise, by=people.enterprise)
    with pytest.raises(ValidationError):
        attach([row.pk], other_enterprise, by=people.enterprise)


def test_an_id_given_twice_counts_once(give, enterprise, people):
    row = give()
    attach([row.pk, row.pk], enterprise, by=people.enterprise)
    assert of(enterprise).count() == 1
