"""What was given by mistake goes after a day; what belongs to a record stays for good."""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from attachments.models import Attachment
from attachments.services import attach, receive
from attachments.sweeping import sweep_orphans, sweep_unbound
from tests.attachments import samples


@pytest.fixture
def photo(people, at) -> Attachment:
    return receive(samples.upload(samples.picture(), "a.jpg"), by=people.enterprise, at=at, purpose="before")


def test_an_unbound_file_goes_after_a_day_with_its_copies(
    photo, at, media, django_capture_on_commit_callbacks
):
    assert len(list(media.rglob("*.jpg"))) == 3
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_unbound(at + timedelta(hours=24)) == 0
        assert sweep_unbound(at + timedelta(hours=24, seconds=1)) == 1
    assert not list(media.rglob("*.jpg"))


def test_how_long_a_file_waits_is_a_setting(photo, at, settings):
    settings.ATTACHMENT_DRAFT_HOURS = 2
    assert sweep_unbound(at + timedelta(hours=2)) == 0
    assert sweep_unbound(at + timedelta(hours=3)) == 1


def test_a_bound_file_stays(photo, at, enterprise, people):
    attach([photo.pk], enterprise, by=people.enterprise)
    assert sweep_unbound(at + timedelta(days=900)) == 0


def test_the_content_stays_if_the_sweep_is_rolled_back(photo, at, media):
    sweep_unbound(at + timedelta(days=3))
    # Within the transaction of the test nothing is committed, so nothing is removed from the disk.
    assert len(list(media.rglob("*.jpg"))) == 3


def keep(day: datetime, name: str) -> str:
    return default_storage.save(f"attachments/{day:%Y/%m/%d}/{name}", ContentFile(b"left behind"))


def test_content_whose_row_was_rolled_back_goes(photo, db):
    now = timezone.now()
    lost = keep(timezone.localtime(now) - timedelta(days=3), "lost.jpg")
    young = keep(timezone.localtime(now), "young.jpg")
    assert sweep_orphans(now) == 1
    assert not default_storage.exists(lost)
    assert default_storage.exists(young)


def test_content_that_a_row_names_stays(photo):
    assert sweep_orphans(timezone.now() + timedelta(days=3)) == 0
    assert default_storage.exists(photo.file.name)
    assert default_storage.exists(photo.shown.name)
