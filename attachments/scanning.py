"""Whether a file is safe to open. Which scanner looks is a setting, `ATTACHMENT_SCANNER`.

By default no virus scanner is asked: a file is taken when its name, its content and an attempt to open it agree
and it holds no macros (`sniffing`). A deployment that has a scanner names its class: `clamav.ClamAV`, or one of its own.

A quick scanner is asked while the file is received, so that who sends it reads what is wrong with it. While it does not
answer, work goes on: the file is kept closed, and a task asks again (`tasks.scan`).
"""

import logging
from datetime import datetime
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from attachments.models import Attachment, ScanState
from audit.services import record

logger = logging.getLogger(__name__)
UNSAFE = _("The file carries a virus and was not kept. Have the device it comes from checked.")


class Scanner(Protocol):
    """What a scanner offers."""

    # True when `verdict` is quick enough to be asked while the person waits.
    at_once: bool

    def verdict(self, file: BinaryIO) -> str:
        """Return the name of what was found, or nothing for a clean file; raises OSError to be asked again."""


class ContentOnly:
    """Finds nothing more: the content was looked at when the file was received."""

    at_once = True

    def verdict(self, file: BinaryIO) -> str:
        """Return nothing."""
        return ""


def scanner() -> Scanner:
    """Return the scanner of this deployment."""
    return import_string(getattr(settings, "ATTACHMENT_SCANNER", "attachments.scanning.ContentOnly"))()


def first_look(upload: UploadedFile) -> ScanState:
    """Return whether a file just sent is clean, or must wait to be scanned; raises ValidationError when it is unsafe.

    The form asks and then the service; the scanner, whom a large file takes seconds, is asked once.
    """
    if not hasattr(upload, "scan_state"):
        upload.scan_state = ask(upload)
    if upload.scan_state == ScanState.REFUSED:
        raise ValidationError(UNSAFE)
    return upload.scan_state


def ask(upload: UploadedFile) -> ScanState:
    """Return what the scanner says, or that the file waits for it: it is slow, or does not answer."""
    chosen = scanner()
    if not chosen.at_once:
        return ScanState.RECEIVED
    try:
        found = chosen.verdict(upload)
    except OSError as error:
        logger.warning("The scanner does not answer; %r waits: %s", upload.name, error)
        return ScanState.RECEIVED
    finally:
        upload.seek(0)
    if found:
        logger.warning("Refused %r, which carries %s.", upload.name, found)
    return ScanState.REFUSED if found else ScanState.CLEAN


def scan(pk: int, *, at: datetime) -> bool:
    """Have a received file scanned, and open or refuse it; False when somebody else is at it or it is done."""
    with transaction.atomic():
        rows = Attachment.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(pk=pk, scan_state=ScanState.RECEIVED).first()
        if row is None:
            return False
        with row.file.open("rb") as file:
            found = scanner().verdict(file)
        row.scan_state = ScanState.REFUSED if found else ScanState.CLEAN
        row.save(update_fields=["scan_state"])
        if found:
            record(None, "attachments.refuse", row, at=at, reason=found, data={"sha256": row.sha256})
        return True
