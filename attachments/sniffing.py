"""What a file really is: by its content, its name, and by opening it."""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from struct import error as StructError
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, UnidentifiedImageError

SIZE_LIMIT = 20 * 1024 * 1024
# A JPEG can be decoded at a fraction of its size; the other kinds fill four bytes for each pixel at once.
JPEG_PIXELS = 89_000_000
OTHER_PIXELS = 40_000_000
UNPACKED_LIMIT = 300 * 1024 * 1024
PARTS_LIMIT = 10_000
# A photo is decoded no larger than it will be shown.
SHOWN = (2048, 2048)

BROKEN = _("The file is broken and cannot be opened. Take the photo again, or save the document anew.")
DISGUISED = _("The name says .%(name)s, but the content is something else.")
UNKNOWN = _("Only photos (JPEG, PNG, WebP), PDF, Word (.docx) and Excel (.xlsx) are taken.")
MACROS = _("The document holds macros. Save it without them, as .docx or .xlsx.")
TOO_LARGE = _("The file is larger than 20 MB.")
TOO_MANY_PIXELS = _("The picture has too many pixels. Take it again with the usual setting of the camera.")

WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"})
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
# What the libraries raise on content that is broken or was made to break them.
IMAGE_FAULTS = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, StructError, IndexError)
ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, StructError)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken."""

    content_type: str
    extensions: tuple[str, ...]
    begins: bytes
    opens: Callable[[BinaryIO], None]


def sniff(file: BinaryIO, name: str, size: int) -> Kind:
    """Return what the file is; raises ValidationError with a sentence when it is not what we take."""
    if size == 0:
        raise ValidationError(_("The file is empty."))
    if size > SIZE_LIMIT:
        raise ValidationError(TOO_LARGE)
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension in WITH_MACROS:
        raise ValidationError(MACROS)
    kind = next((kind for kind in KINDS if extension in kind.extensions), None)
    if kind is None:
        raise ValidationError(UNKNOWN)
    file.seek(0)
    if not file.read(16).startswith(kind.begins):
        raise ValidationError(DISGUISED, params={"name": extension})
    file.seek(0)
    kind.opens(file)
    file.seek(0)
    return kind


def image_opener(kind: str, *, pixels: int) -> Callable[[BinaryIO], None]:
    """Return the check of a picture that must be of this kind and no other."""

    def open_image(file: BinaryIO) -> None:
        """Decode the picture; raises ValidationError when it is broken or made to exhaust memory."""
        try:
            with Image.open(file, formats=[kind]) as image:
                if image.width * image.height > pixels:
                    raise ValidationError(TOO_MANY_PIXELS)
                image.draft("RGB", SHOWN)
                # WeasyPrint switches this on for the whole process, and then half a photo would pass for one.
                ImageFile.LOAD_TRUNCATED_IMAGES = False
                image.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ValidationError(TOO_MANY_PIXELS) from error
        except ValidationError:
            raise
        except IMAGE_FAULTS as error:
            raise ValidationError(BROKEN) from error

    return open_image


def open_pdf(file: BinaryIO) -> None:
    """Look for the end of the document; raises ValidationError when it is cut off."""
    file.seek(0, 2)
    file.seek(max(file.tell() - 2048, 0))
    if b"%%EOF" not in file.read():
        raise ValidationError(BROKEN)


def office_opener(part: str) -> Callable[[BinaryIO], None]:
    """Return the check of an Office file that must hold the part."""

    def open_office(file: BinaryIO) -> None:
        """Unpack the archive into nothing; raises ValidationError for a broken one, a bomb, or macros."""
        try:
            with zipfile.ZipFile(file) as archive:
                check_parts(archive, part)
                # Never more than the parts declare is unpacked, and that was counted above.
                if archive.testzip():
                    raise ValidationError(BROKEN)
        except ValidationError:
            raise
        except ARCHIVE_FAULTS as error:
            raise ValidationError(BROKEN) from error

    return open_office


def check_parts(archive: zipfile.ZipFile, part: str) -> None:
    """Read the list of contents; raises ValidationError for what no honest document holds."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if part not in names or len(entries) > PARTS_LIMIT:
        raise ValidationError(BROKEN)
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise ValidationError(BROKEN)
    if any(name.lower().endswith(MACRO_PARTS) or "/macrosheets/" in name.lower() for name in names):
        raise ValidationError(MACROS)


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    # Some phones put a second picture behind the first (MPO); the JPEG reader takes those too.
    Kind("image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", image_opener("JPEG", pixels=JPEG_PIXELS)),
    Kind("image/png", ("png",), b"\x89PNG\r\n\x1a\n", image_opener("PNG", pixels=OTHER_PIXELS)),
    Kind("image/webp", ("webp",), b"RIFF", image_opener("WEBP", pixels=OTHER_PIXELS)),
    Kind("application/pdf", ("pdf",), b"%PDF-", open_pdf),
    Kind(
        f"{OFFICE}wordprocessingml.document",
        ("docx",),
        b"PK\x03\x04",
        office_opener("word/document.xml"),
    ),
    Kind(f"{OFFICE}spreadsheetml.sheet", ("xlsx",), b"PK\x03\x04", office_opener("xl/workbook.xml")),
)
