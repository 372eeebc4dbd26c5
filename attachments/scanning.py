"""Whether a file is safe to open. Which scanner looks is a setting, `ATTACHMENT_SCANNER`.

By default no virus scanner is asked: a file is taken when its name, its content and an attempt to open it agree
and it holds no macros (`sniffing`). A deployment that has a scanner names a class of its own.
"""

from datetime import datetime
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from attachments.models import Attachment, ScanState
from audit.services import record


class Scanner(Protocol):
    """What a scanner offers."""

    # True when `verdict` costs nothing, so that it is asked while the file is received.
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
