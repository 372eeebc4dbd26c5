"""What a file really is: by its content, its name, and by opening it."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

SIZE_LIMIT = 20 * 1024 * 1024
# A photo of a phone has some 50 million pixels; what claims more is made to exhaust memory.
PIXEL_LIMIT = 120_000_000
UNPACKED_LIMIT = 300 * 1024 * 1024

BROKEN = _("The file is broken and cannot be opened. Take the photo again, or save the document anew.")
DISGUISED = _("The name says .%(name)s, but the content is something else.")
UNKNOWN = _("Only photos (JPEG, PNG, WebP), PDF, Word (.docx) and Excel (.xlsx) are taken.")


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken."""

    content_type: str
    extensions: frozenset[str]
    begins: tuple[bytes, ...]
    opens: Callable[[BinaryIO], None]


def open_image(file: BinaryIO) -> None:
    """Decode the picture; raises ValidationError when it is broken or absurdly large."""
    try:
        with Image.open(file) as image:
            if image.width * image.height > PIXEL_LIMIT:
                raise ValidationError(_("The picture is too large: at most 120 million pixels."))
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(BROKEN) from error


def open_pdf(file: BinaryIO) -> None:
    """Look for the end of the document; raises ValidationError when it is cut off."""
    file.seek(0, 2)
    file.seek(max(file.tell() - 2048, 0))
    if b"%%EOF" not in file.read():
        raise ValidationError(BROKEN)


def office_opener(part: str) -> Callable[[BinaryIO], None]:
    """Return the check of an Office file that must hold the part."""

    def open_office(file: BinaryIO) -> None:
        """List the archive; raises ValidationError for a broken one, a bomb, or macros."""
        try:
            with zipfile.ZipFile(file) as archive:
                names = {entry.filename for entry in archive.infolist()}
                unpacked = sum(entry.file_size for entry in archive.infolist())
                broken = archive.testzip() if unpacked <= UNPACKED_LIMIT else None
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise ValidationError(BROKEN) from error
        if unpacked > UNPACKED_LIMIT or broken or part not in names:
            raise ValidationError(BROKEN)
        if any(name.endswith("vbaProject.bin") for name in names):
            raise ValidationError(_("The document holds macros. Save it without them."))

    return open_office


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    Kind("image/jpeg", frozenset({"jpg", "jpeg"}), (b"\xff\xd8\xff",), open_image),
    Kind("image/png", frozenset({"png"}), (b"\x89PNG\r\n\x1a\n",), open_image),
    Kind("image/webp", frozenset({"webp"}), (b"RIFF",), open_image),
    Kind("application/pdf", frozenset({"pdf"}), (b"%PDF-",), open_pdf),
    Kind(
        f"{OFFICE}wordprocessingml.document",
        frozenset({"docx"}),
        (b"PK\x03\x04",),
        office_opener("word/document.xml"),
    ),
    Kind(
        f"{OFFICE}spreadsheetml.sheet",
        frozenset({"xlsx"}),
        (b"PK\x03\x04",),
        office_opener("xl/workbook.xml"),
    ),
)


def sniff(file: BinaryIO, name: str, size: int) -> Kind:
    """Return what the file is; raises ValidationError with a sentence when it is not what we take."""
    if size == 0:
        raise ValidationError(_("The file is empty."))
    if size > SIZE_LIMIT:
        raise ValidationError(_("The file is larger than 20 MB."))
    extension = PurePath(name).suffix.lstrip(".").lower()
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
