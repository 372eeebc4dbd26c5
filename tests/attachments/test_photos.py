"""What a photo says about itself is kept in columns, and is gone from what is shown."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from attachments import photos
from attachments.sniffing import sniff
from tests.attachments import samples


def read(content: bytes) -> photos.PhotoFacts:
    return photos.read(BytesIO(content))


def test_the_time_is_that_of_the_camera_in_its_own_zone():
    moment = read(samples.phone_photo(moment="2026:03:10 09:58:31", offset="+09:00")).camera.taken_at
    assert moment.astimezone(UTC) == datetime(2026, 3, 10, 0, 58, 31, tzinfo=UTC)


def test_a_time_without_a_zone_is_read_as_ours():
    moment = read(samples.phone_photo(moment="2026:03:10 09:58:31", offset="")).camera.taken_at
    assert moment.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "0001:01:01 00:00:00", "2026:02:30 10:00:00", "noon", "\0" * 19]
)
def test_a_time_that_cannot_be_is_no_time(text):
    assert read(samples.phone_photo(moment=text)).camera.taken_at is None


def test_a_broken_zone_leaves_the_time_in_ours():
    moment = read(samples.phone_photo(offset="+99:99")).camera.taken_at
    assert moment.utcoffset() == timedelta(hours=8)


def test_the_place_is_kept_with_six_decimals():
    camera = read(samples.phone_photo()).camera
    assert (camera.latitude, camera.longitude) == (Decimal("30.590000"), Decimal("114.310000"))


@pytest.mark.parametrize("place", [None, ((0, 0, 0), (0, 0, 0)), ((95, 0, 0), (10, 0, 0))])
def test_a_place_that_cannot_be_is_no_place(place):
    camera = read(samples.phone_photo(place=place)).camera
    assert (camera.latitude, camera.longitude) == (None, None)


@pytest.mark.parametrize(
    "odd", [(float("nan"), 0, 0), (float("inf"), 0, 0), (1, 2), "no", None, (b"1", None, 0)]
)
def test_degrees_that_are_no_numbers_are_no_place(odd):
    assert photos.position({1: "N", 2: odd, 3: "E", 4: (114, 0, 0)}) == (None, None)


def test_southern_and_western_places_are_negative():
    gps = {1: "S", 2: (33, 0, 0), 3: "W", 4: (70, 30, 0)}
    assert photos.position(gps) == (Decimal("-33.000000"), Decimal("-70.500000"))


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 30)), (3, (60, 30)), (6, (30, 60)), (8, (30, 60))]
)
def test_the_shown_copies_are_upright(orientation, size):
    facts = read(samples.phone_photo(orientation=orientation, size=(60, 30)))
    assert (facts.width, facts.height) == size
    for copy in (facts.shown, facts.thumbnail):
        assert Image.open(BytesIO(copy)).size == size


def test_a_photo_taken_with_the_phone_turned_has_its_dark_corner_where_the_eye_saw_it():
    # 6: the camera was turned to the right, so what it stored at the top left belongs at the top right.
    shown = Image.open(BytesIO(read(samples.phone_photo(orientation=6, size=(90, 60))).shown))
    assert shown.getpixel((55, 5))[0] < 60
    assert shown.getpixel((5, 5))[0] > 90


@pytest.mark.parametrize("copy", ["shown", "thumbnail"])
def test_nothing_that_the_camera_wrote_is_in_what_is_shown(copy):
    content = getattr(read(samples.phone_photo()), copy)
    image = Image.open(BytesIO(content))
    assert not image.getexif()
    assert b"Secret phone" not in content
    assert b"kept in the dark" not in content


def test_the_shown_copy_of_a_large_photo_is_smaller_and_the_size_is_that_of_the_photo():
    facts = read(samples.phone_photo(size=(4000, 3000), orientation=6))
    assert (facts.width, facts.height) == (3000, 4000)
    assert Image.open(BytesIO(facts.shown)).size == (1536, 2048)
    assert max(Image.open(BytesIO(facts.thumbnail)).size) == 480


def test_what_is_transparent_is_shown_on_white():
    data = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(data, "PNG")
    shown = Image.open(BytesIO(read(data.getvalue()).shown))
    assert shown.getpixel((10, 10)) == (255, 255, 255)


def test_the_fingerprint_survives_scaling_and_tells_other_pictures_apart():
    def distance(one: bytes, other: bytes) -> int:
        return (int(read(one).phash, 16) ^ int(read(other).phash, 16)).bit_count()

    wide = samples.picture((640, 480))
    assert distance(wide, samples.picture((320, 240), quality=50)) <= 4
    turned = Image.open(BytesIO(wide)).rotate(180)
    data = BytesIO()
    turned.save(data, "JPEG")
    assert distance(wide, data.getvalue()) > 4


# The library warns of what is broken in a block; in production that is a line in the log.
@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 700), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_block_of_the_camera_never_costs_the_photo(damage):
    content = bytearray(samples.phone_photo())
    end = content.find(b"\xff\xdb")
    for place, value in damage:
        content[20 + place % (end - 20)] = value
    try:
        sniff(BytesIO(content), "a.jpg", len(content))
    except Exception:  # noqa: BLE001 - what is refused is the business of test_sniffing
        return
    facts = read(bytes(content))
    assert facts.camera.latitude is None or abs(facts.camera.latitude) <= 90


def test_an_orientation_that_does_not_exist_counts_as_upright():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 77
    assert read(samples.picture((60, 30), exif=exif)).width == 60
