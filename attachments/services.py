"""Taking files in and binding them to the record they belong to."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from attachments import photos, scanning, tasks
from attachments.models import Attachment, ScanState
from attachments.sniffing import sniff


def receive(
    upload: UploadedFile,
    *,
    by: User,
    at: datetime,
    purpose: str,
    target: Model | None = None,
    device_time: datetime | None = None,
) -> Attachment:
    """Keep a file exactly as given, with its hash, and for a photo what the camera wrote.

    Raises ValidationError with a sentence when it is empty, too large, broken, disguised, unsafe or of an unknown kind.
    """
    kind = sniff(upload, upload.name or "", upload.size or 0)
    row = Attachment(
        purpose=purpose,
        original_name=plain_name(upload.name or ""),
        content_type=kind.content_type,
        size=upload.size,
        sha256=digest(upload),
        scan_state=scanning.first_look(upload),
        uploaded_by=by,
        uploaded_at=at,
        device_time=device_time,
        target=target,
    )
    stem = uuid4().hex
    if row.is_image:
        describe(row, upload, f"{stem}.jpg")
    upload.seek(0)
    row.file.save(f"{stem}.{kind.extensions[0]}", upload, save=False)
    row.save()
    if row.scan_state == ScanState.RECEIVED:
        transaction.on_commit(lambda: tasks.scan.delay(row.pk), robust=True)
    return row


def describe(row: Attachment, upload: UploadedFile, name: str) -> None:
    """Write what the photo says about itself, and make the copies that are shown."""
    facts = photos.read(upload)
    camera = facts.camera
    row.taken_at, row.latitude, row.longitude = camera.taken_at, camera.latitude, camera.longitude
    row.width, row.height, row.phash = facts.width, facts.height, facts.phash
    row.shown.save(name, ContentFile(facts.shown), save=False)
    row.thumbnail.save(name, ContentFile(facts.thumbnail), save=False)


@transaction.atomic
def attach(ids: Sequence[int], target: Model, *, by: User | None) -> None:
    """Bind files to a record; raises ValidationError when one was not given by this person or is already bound."""
    if not ids:
        return
    rows = Attachment.objects.filter(pk__in=ids, target_id=None).exclude(scan_state=ScanState.REFUSED)
    rows = rows.filter(uploaded_by=by) if by else rows
    bound = rows.update(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)
    if bound != len(set(ids)):
        raise ValidationError(_("A file is no longer there. Add it again."))


def of(target: Model, purpose: str | None = None) -> QuerySet[Attachment]:
    """Return the files of a record, oldest first."""
    rows = Attachment.objects.filter(
        target_type=ContentType.objects.get_for_model(target), target_id=target.pk
    ).select_related("uploaded_by")
    return rows.filter(purpose=purpose) if purpose else rows


def plain_name(name: str) -> str:
    """Return the name without a path and without signs that turn or hide its letters on the screen."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")[-200:]


def digest(upload: UploadedFile) -> str:
    """Return the SHA-256 of the content, read in pieces."""
    upload.seek(0)
    whole = hashlib.sha256()
    for chunk in upload.chunks():
        whole.update(chunk)
    return whole.hexdigest()
