"""Taking files in and binding them to the record they belong to."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from attachments import photos
from attachments.models import Attachment, ScanState
from attachments.sniffing import sniff

# A file that nobody bound to a record within this time was given by mistake.
UNBOUND_FOR = timedelta(hours=48)


def receive(
    upload: UploadedFile, *, by: User, at: datetime, purpose: str, target: Model | None = None
) -> Attachment:
    """Keep a file exactly as given, with its hash, and for a photo what the camera wrote.

    Raises ValidationError with a sentence when it is empty, too large, broken, disguised or of an unknown kind.
    """
    kind = sniff(upload, upload.name or "", upload.size or 0)
    row = Attachment(
        purpose=purpose,
        original_name=PurePath(upload.name or "").name[-200:],
        content_type=kind.content_type,
        size=upload.size,
        sha256=digest(upload),
        scan_state=ScanState.CLEAN,
        uploaded_by=by,
        uploaded_at=at,
        target=target,
    )
    name = f"{uuid4().hex}.{sorted(kind.extensions)[0]}"
    if row.is_image:
        describe(row, upload, name)
    upload.seek(0)
    row.file.save(name, upload, save=False)
    row.save()
    return row


def describe(row: Attachment, upload: UploadedFile, name: str) -> None:
    """Write what the photo says about itself, and make its thumbnail."""
    facts = photos.read(upload)
    row.taken_at, row.latitude, row.longitude = facts.taken_at, facts.latitude, facts.longitude
    row.width, row.height, row.phash = facts.width, facts.height, facts.phash
    row.thumbnail.save(f"{name.partition('.')[0]}.jpg", ContentFile(facts.thumbnail), save=False)


def receive_all(uploads: Iterable[UploadedFile], *, by: User, at: datetime, purpose: str) -> list[int]:
    """Take in several files and return their ids."""
    return [receive(upload, by=by, at=at, purpose=purpose).pk for upload in uploads]


def attach(ids: Sequence[int], target: Model, *, by: User | None) -> None:
    """Bind files to a record; raises ValidationError when one was not given by this person or is already bound."""
    if not ids:
        return
    rows = Attachment.objects.filter(pk__in=ids, target_id=None, scan_state=ScanState.CLEAN)
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


def sweep_unbound(at: datetime) -> int:
    """Remove files that were given but never bound; return how many."""
    rows = list(Attachment.objects.filter(target_id=None, uploaded_at__lt=at - UNBOUND_FOR)[:500])
    for row in rows:
        row.file.delete(save=False)
        if row.thumbnail:
            row.thumbnail.delete(save=False)
        row.delete()
    return len(rows)


def digest(upload: UploadedFile) -> str:
    """Return the SHA-256 of the content, read in pieces."""
    upload.seek(0)
    whole = hashlib.sha256()
    for chunk in upload.chunks():
        whole.update(chunk)
    return whole.hexdigest()
