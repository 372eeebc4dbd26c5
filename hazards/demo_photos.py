"""Photos for the demo: drawn, not taken, with what a phone's camera would write into them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from PIL import ExifTags, Image, ImageDraw

from accounts.models import User
from attachments.services import receive
from enterprises.models import Enterprise

# Small, so that a thousand of them cost seconds; drawn in the coordinates of WIDE.
SIZE = (320, 240)
WIDE = 960
Tags = ExifTags.Base
Gps = ExifTags.GPS
# How much of a photo is its light. It differs from photo to photo, so that no two look alike to a comparison.
LIGHT = 0.25


class PhotoBox:
    """Takes photos as the people of the stories do: each is a picture of its own and goes through the whole intake."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def give(self, enterprise: Enterprise, number: int, *, purpose: str, by: User, at: datetime) -> list[int]:
        """Hand in photos as this person at this moment, and return their ids."""
        return [self.take(enterprise, purpose, by, at) for _photo in range(number)]

    def take(self, enterprise: Enterprise, purpose: str, by: User, at: datetime) -> int:
        """Take one photo some minutes before it is handed in, and return its id."""
        taken = at - timedelta(minutes=self.random.randint(2, 40))
        place = (near(enterprise.latitude, self.random), near(enterprise.longitude, self.random))
        data = draw(purpose, self.random.random(), camera(taken, *place))
        upload = SimpleUploadedFile(f"IMG_{localtime(taken):%Y%m%d_%H%M%S}.jpg", data, "image/jpeg")
        return receive(upload, by=by, at=at, purpose=purpose).pk


def near(degrees: Decimal | None, random: Random) -> Decimal | None:
    """Return a position within some fifty metres."""
    return None if degrees is None else degrees + Decimal(random.randint(-400, 400)) / 1_000_000


def draw(purpose: str, seed: float, exif: Image.Exif) -> bytes:
    """Draw a workshop: grey and cluttered before, cleared and marked after; the same seed draws the same."""
    random = Random(seed)  # noqa: S311 - the same picture at every run, nothing secret
    base = random.randint(90, 150) if purpose == "before" else random.randint(150, 205)
    image = Image.new("RGB", SIZE, (base, base - 4, base - 12))
    pen = ImageDraw.Draw(image)
    floor = random.randint(380, 470)
    pen.rectangle(scaled(0, floor, WIDE, WIDE), fill=(base - 40, base - 42, base - 46))
    for _thing in range(random.randint(5, 9)):
        draw_thing(pen, random, floor)
    if purpose == "before":
        for _spot in range(60):
            x, y = random.randint(0, WIDE), random.randint(floor, 720)
            box = scaled(x, y, x + random.randint(8, 40), y + random.randint(4, 12))
            pen.ellipse(box, fill=(70, 62, 48))
    else:
        pen.line(scaled(0, floor + 90, WIDE, floor + 60), fill=(232, 190, 40), width=6)
    data = BytesIO()
    Image.blend(image, light(random), LIGHT).save(data, "JPEG", quality=72, exif=exif)
    return data.getvalue()


def light(random: Random) -> Image.Image:
    """Return soft patches of light and shade."""
    patches = Image.frombytes("L", (9, 8), random.randbytes(72)).resize(SIZE, Image.Resampling.BICUBIC)
    return Image.merge("RGB", (patches, patches, patches))


def scaled(*numbers: int) -> tuple[int, ...]:
    """Return coordinates of the drawing as coordinates of the photo."""
    return tuple(number * SIZE[0] // WIDE for number in numbers)


def draw_thing(pen: ImageDraw.ImageDraw, random: Random, floor: int) -> None:
    """Draw a machine, a tank or a pipe standing on the floor."""
    x, width, height = random.randint(-40, 860), random.randint(60, 220), random.randint(80, 300)
    colour = random.choice([(72, 96, 120), (120, 124, 128), (150, 84, 48), (58, 92, 74), (168, 150, 60)])
    box = scaled(x, floor - height, x + width, floor + random.randint(10, 60))
    pen.rectangle(box, fill=colour, outline=(40, 40, 40), width=2)
    pipe = scaled(x + width // 2, 0, x + width // 2, floor - height)
    pen.line(pipe, fill=(96, 96, 100), width=random.randint(4, 11))


def camera(at: datetime, latitude: Decimal | None, longitude: Decimal | None) -> Image.Exif:
    """Return what a phone writes: time, zone, and the position where it is known."""
    exif = Image.Exif()
    exif[Tags.Make], exif[Tags.Model] = "Shouwang", "Demo camera"
    exif[Tags.DateTime] = f"{localtime(at):%Y:%m:%d %H:%M:%S}"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[Tags.DateTimeOriginal], details[Tags.OffsetTimeOriginal] = exif[Tags.DateTime], "+08:00"
    if latitude is not None and longitude is not None:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[Gps.GPSLatitudeRef], place[Gps.GPSLatitude] = "N", parts(latitude)
        place[Gps.GPSLongitudeRef], place[Gps.GPSLongitude] = "E", parts(longitude)
    return exif


def parts(degrees: Decimal) -> tuple[float, float, float]:
    """Return degrees as a camera writes them: whole degrees, whole minutes, seconds."""
    minutes, seconds = divmod(degrees * 3600, 60)
    return float(minutes // 60), float(minutes % 60), float(round(seconds, 3))
