"""What a photo says about itself, and the copies of it that are shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any, BinaryIO

from django.utils import timezone
from PIL import ExifTags, Image

from attachments.sniffing import IMAGE_FAULTS, SHOWN

THUMBNAIL = (480, 480)
Tags = ExifTags.Base
Gps = ExifTags.GPS
# A camera writes what it likes into these blocks, and an attacker even more.
EXIF_FAULTS = (*IMAGE_FAULTS, KeyError, TypeError, ArithmeticError, AttributeError, RuntimeError)
YEARS = range(1990, 2100)
UPRIGHT = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
LYING = frozenset({5, 6, 7, 8})


@dataclass(frozen=True)
class CameraFacts:
    """Time, place and orientation as the camera wrote them; None for what it did not, or what is nonsense."""

    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    orientation: int = 1


@dataclass(frozen=True)
class PhotoFacts:
    """What the camera wrote, the size as seen upright, the fingerprint, and two copies without hidden data."""

    camera: CameraFacts
    width: int
    height: int
    phash: str
    shown: bytes
    thumbnail: bytes


def read(file: BinaryIO) -> PhotoFacts:
    """Read a photo that has already been found sound."""
    file.seek(0)
    with Image.open(file) as image:
        camera = camera_facts(image)
        size = image.size[::-1] if camera.orientation in LYING else image.size
        # A JPEG of fifty million pixels is decoded at a quarter of its size, in a sixteenth of the memory.
        image.draft("RGB", SHOWN)
        picture = opaque(image)
    for turn in UPRIGHT.get(camera.orientation, ()):
        picture = picture.transpose(turn)
    shown = jpeg(picture, SHOWN, quality=85)
    return PhotoFacts(camera, *size, fingerprint(picture), shown, jpeg(picture, THUMBNAIL, quality=80))


def opaque(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours, what is transparent on white, and nothing else that it carried."""
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        image = ground
    picture = image.convert("RGB")
    picture.info = {}
    return picture


def jpeg(picture: Image.Image, most: tuple[int, int], *, quality: int) -> bytes:
    """Return a copy that is no larger than `most`."""
    small = picture.copy()
    small.thumbnail(most)
    data = BytesIO()
    small.save(data, "JPEG", quality=quality)
    return data.getvalue()


def camera_facts(image: Image.Image) -> CameraFacts:
    """Return what the camera wrote; a broken block counts as none."""
    try:
        exif = image.getexif()
        details, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        orientation = exif.get(Tags.Orientation, 1)
        moment = details.get(Tags.DateTimeOriginal) or exif.get(Tags.DateTime)
        offset = details.get(Tags.OffsetTimeOriginal)
    except EXIF_FAULTS:
        return CameraFacts()
    latitude, longitude = position(gps)
    return CameraFacts(
        taken_at(moment, offset), latitude, longitude, orientation if orientation in UPRIGHT else 1
    )


def taken_at(moment: Any, offset: Any = None) -> datetime | None:
    """Return the moment in the camera's own time zone, or in ours when it names none."""
    text = str(moment or "").strip("\0 ")
    zone = str(offset or "").strip("\0 ")
    try:
        naive = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None
    if naive.year not in YEARS:
        return None
    try:
        return datetime.strptime(f"{text} {zone}", "%Y:%m:%d %H:%M:%S %z")
    except ValueError:
        return timezone.make_aware(naive)


def position(gps: Any) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude in degrees; (None, None) when the camera knew none."""
    try:
        latitude = degrees(gps[Gps.GPSLatitude], gps.get(Gps.GPSLatitudeRef) == "S")
        longitude = degrees(gps[Gps.GPSLongitude], gps.get(Gps.GPSLongitudeRef) == "W")
    except EXIF_FAULTS:
        return None, None
    # Zero and zero lies in the Gulf of Guinea: it is what a camera writes before it has found a satellite.
    if abs(latitude) > 90 or abs(longitude) > 180 or not (latitude or longitude):
        return None, None
    return latitude, longitude


def degrees(parts: Any, negative: bool) -> Decimal:
    """Turn degrees, minutes and seconds into degrees with six decimals; raises ValueError for no number."""
    whole, minutes, seconds = (float(part) for part in parts)
    value = whole + minutes / 60 + seconds / 3600
    if not isfinite(value):
        raise ValueError("not a number")
    return round(Decimal(-value if negative else value), 6)


def fingerprint(image: Image.Image) -> str:
    """Return the difference hash: whether each of 8×8 spots is brighter than the one to its right."""
    pixels = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (pixels[row * 9 + column] > pixels[row * 9 + column + 1])
    return f"{bits:016x}"
