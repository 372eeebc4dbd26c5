"""What a photo says about itself, and the copies of it that are shown."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

from django.utils import timezone
from PIL import ExifTags, Image, ImageOps

THUMBNAIL = (480, 480)
Tags = ExifTags.Base
Gps = ExifTags.GPS


@dataclass(frozen=True)
class PhotoFacts:
    """Time and place from the camera, size as seen upright, and the fingerprint."""

    taken_at: datetime | None
    latitude: Decimal | None
    longitude: Decimal | None
    width: int
    height: int
    phash: str
    thumbnail: bytes


def read(file: BinaryIO) -> PhotoFacts:
    """Read a photo that has already been found sound; its shown copy is upright and carries no hidden data."""
    file.seek(0)
    with Image.open(file) as image:
        exif = image.getexif()
        upright = ImageOps.exif_transpose(image).convert("RGB")
    latitude, longitude = position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    thumbnail = BytesIO()
    small = upright.copy()
    small.thumbnail(THUMBNAIL)
    small.save(thumbnail, "JPEG", quality=80)
    return PhotoFacts(
        taken_at(exif),
        latitude,
        longitude,
        upright.width,
        upright.height,
        fingerprint(upright),
        thumbnail.getvalue(),
    )


def taken_at(exif: Image.Exif) -> datetime | None:
    """Return the moment the camera wrote, in its own time zone or ours; None when it is missing or nonsense."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(Tags.DateTimeOriginal) or exif.get(Tags.DateTime)
    offset = details.get(Tags.OffsetTimeOriginal) or ""
    try:
        if offset:
            return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z")
        naive = datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
        return timezone.make_aware(naive)
    except (ValueError, TypeError):
        return None


def position(gps: dict[int, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude in degrees; (None, None) when the camera wrote none or nonsense."""
    try:
        latitude = degrees(gps[Gps.GPSLatitude], gps.get(Gps.GPSLatitudeRef) == "S")
        longitude = degrees(gps[Gps.GPSLongitude], gps.get(Gps.GPSLongitudeRef) == "W")
    except (KeyError, ValueError, TypeError, ZeroDivisionError, ArithmeticError):
        return None, None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return latitude, longitude


def degrees(parts: Any, negative: bool) -> Decimal:
    """Turn degrees, minutes and seconds into degrees with six decimals."""
    whole, minutes, seconds = (float(part) for part in parts)
    value = Decimal(str(round(whole + minutes / 60 + seconds / 3600, 6)))
    return -value if negative else value


def fingerprint(image: Image.Image) -> str:
    """Return the difference hash: whether each of 8×8 spots is brighter than the one to its right."""
    small = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    pixels = list(small.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (pixels[row * 9 + column] > pixels[row * 9 + column + 1])
    return f"{bits:016x}"
