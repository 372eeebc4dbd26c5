"""The demo's photos: each a picture of its own, so that a comparison of photos finds nothing used twice."""

from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from attachments.models import Attachment
from hazards.demo_photos import PhotoBox

# Two photos whose fingerprints differ in no more bits than this are taken for one.
ALIKE = 8


@pytest.fixture
def taken(people, enterprise, at, settings, tmp_path) -> list[Attachment]:
    """Forty photos of one enterprise whose place is known."""
    settings.MEDIA_ROOT = tmp_path
    enterprise.latitude, enterprise.longitude = Decimal("37.051234"), Decimal("118.405678")
    box = PhotoBox(Random(1))
    for purpose in ("before", "after"):
        box.give(enterprise, 20, purpose=purpose, by=people.enterprise, at=at)
    return list(Attachment.objects.order_by("pk"))


def test_no_photo_of_the_demo_looks_like_another(taken):
    assert len({photo.sha256 for photo in taken}) == len(taken) == 40
    prints = [int(photo.phash, 16) for photo in taken]
    assert min((one ^ other).bit_count() for one, other in combinations(prints, 2)) > ALIKE


def test_the_camera_wrote_the_moment_and_the_place_of_the_enterprise(taken, enterprise, at):
    for photo in taken:
        assert timedelta(minutes=2) <= at - photo.taken_at < timedelta(minutes=41)
        assert abs(photo.latitude - enterprise.latitude) < 0.001
        assert abs(photo.longitude - enterprise.longitude) < 0.001
    assert [photo.purpose for photo in taken] == ["before"] * 20 + ["after"] * 20
