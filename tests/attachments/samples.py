"""Files as people send them, and as people should not."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from PIL import ExifTags, Image

WUHAN = ((30, 35, 24.0), (114, 18, 36.0))


def picture(size=(64, 48), colour="grey", kind="JPEG", **options) -> bytes:
    """A picture in one colour, its left third black so that up and left can be told."""
    image = Image.new("RGB", size, colour)
    image.paste("black", (0, 0, size[0] // 3, size[1] // 3))
    data = BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def phone_photo(
    *, orientation=1, moment="2026:03:10 09:58:31", offset="+08:00", place=WUHAN, size=(64, 48)
) -> bytes:
    """A JPEG with what a phone writes into it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Secret phone of a witness"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = moment
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps.update({1: "N", 2: place[0], 3: "E", 4: place[1]})
    return picture(size, exif=exif, comment=b"kept in the dark")


def pdf() -> bytes:
    """The smallest thing that begins and ends as a PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def word() -> bytes:
    """A real Word document."""
    data = BytesIO()
    Document().save(data)
    return data.getvalue()


def excel() -> bytes:
    """A real workbook."""
    data = BytesIO()
    Workbook().save(data)
    return data.getvalue()


def archive(parts: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these parts."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return data.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    """The file as the browser sends it, with a type that proves nothing."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
