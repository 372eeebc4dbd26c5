"""Photos for the demo: drawn, not taken, with what a phone's camera would write into them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime
from PIL import ExifTags, Image, ImageDraw, ImageFilter

from accounts.models import User
from attachments.models import Attachment
from attachments.services import receive
from enterprises.models import Enterprise

SIZE = (960, 720)
KINDS = 12
Tags = ExifTags.Base
Gps = ExifTags.GPS


class PhotoBox:
    """A few photos for each purpose; every hazard gets rows of its own, the files behind them are shared."""

    def __init__(self, by: User, at: datetime, random: Random, kinds: int = KINDS) -> None:
        self.random = random
        self.kept = {
            purpose: [self.keep(purpose, number, by, at) for number in range(kinds)]
            for purpose in ("before", "after")
        }

    def keep(self, purpose: str, number: int, by: User, at: datetime) -> Attachment:
        """Let a drawn photo go through the whole intake once; keep its facts, not its row."""
        upload = SimpleUploadedFile(f"IMG_{number:04d}.jpg", draw(purpose, number, at), "image/jpeg")
        received = receive(upload, by=by, at=at, purpose=purpose)
        # The row would be swept as unbound after two days, and the shared file with it.
        Attachment.objects.filter(pk=received.pk).delete()
        return received

    def give(self, enterprise: Enterprise, number: int, *, purpose: str, by: User, at: datetime) -> list[int]:
        """Hand in photos as this person at this moment, and return their ids."""
        rows = [
            self.copy(self.random.choice(self.kept[purpose]), enterprise, by, at) for _photo in range(number)
        ]
        return [row.pk for row in Attachment.objects.bulk_create(rows)]

    def copy(self, kept: Attachment, enterprise: Enterprise, by: User, at: datetime) -> Attachment:
        """Return a row of its own for a kept photo."""
        names = [field.attname for field in Attachment._meta.concrete_fields if field.attname != "id"]
        row = Attachment(**{name: getattr(kept, name) for name in names})
        taken = at - timedelta(minutes=self.random.randint(2, 40))
        row.uploaded_by, row.uploaded_at, row.taken_at = by, at, taken
        row.original_name = f"IMG_{localtime(taken):%Y%m%d_%H%M%S}.jpg"
        row.latitude = near(enterprise.latitude, self.random)
        row.longitude = near(enterprise.longitude, self.random)
        return row


def near(degrees: Decimal | None, random: Random) -> Decimal | None:
    """Return a position within some fifty metres."""
    return None if degrees is None else degrees + Decimal(random.randint(-400, 400)) / 1_000_000


def draw(purpose: str, number: int, at: datetime) -> bytes:
    """Draw a workshop: grey and cluttered before, cleared and marked after."""
    random = Random(f"{purpose}{number}")  # noqa: S311 - the same picture at every run, nothing secret
    base = random.randint(90, 150) if purpose == "before" else random.randint(150, 205)
    image = Image.new("RGB", SIZE, (base, base - 4, base - 12))
    pen = ImageDraw.Draw(image)
    floor = random.randint(380, 470)
    pen.rectangle((0, floor, *SIZE), fill=(base - 40, base - 42, base - 46))
    for _thing in range(random.randint(5, 9)):
        draw_thing(pen, random, floor)
    if purpose == "before":
        for _spot in range(120):
            x, y = random.randint(0, SIZE[0]), random.randint(floor, SIZE[1])
            pen.ellipse((x, y, x + random.randint(4, 40), y + random.randint(2, 12)), fill=(70, 62, 48))
    else:
        pen.line((0, floor + 90, SIZE[0], floor + 60), fill=(232, 190, 40), width=12)
    data = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(data, "JPEG", quality=72, exif=camera(at))
    return data.getvalue()


def draw_thing(pen: ImageDraw.ImageDraw, random: Random, floor: int) -> None:
    """Draw a machine, a tank or a pipe standing on the floor."""
    x, width, height = random.randint(-40, 860), random.randint(60, 220), random.randint(80, 300)
    colour = random.choice([(72, 96, 120), (120, 124, 128), (150, 84, 48), (58, 92, 74), (168, 150, 60)])
    box = (x, floor - height, x + width, floor + random.randint(10, 60))
    pen.rectangle(box, fill=colour, outline=(40, 40, 40), width=3)
    pen.line(
        (x + width // 2, 0, x + width // 2, floor - height), fill=(96, 96, 100), width=random.randint(8, 22)
    )


def camera(at: datetime) -> Image.Exif:
    """Return what a phone writes: time, zone and position."""
    exif = Image.Exif()
    exif[Tags.Make], exif[Tags.Model] = "Shouwang", "Demo camera"
    exif[Tags.DateTime] = f"{localtime(at):%Y:%m:%d %H:%M:%S}"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[Tags.DateTimeOriginal], details[Tags.OffsetTimeOriginal] = exif[Tags.DateTime], "+08:00"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[Gps.GPSLatitudeRef], place[Gps.GPSLatitude] = "N", (36.0, 59.0, 6.0)
    place[Gps.GPSLongitudeRef], place[Gps.GPSLongitude] = "E", (118.0, 29.0, 42.0)
    return exif
