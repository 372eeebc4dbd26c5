"""Removing what nobody needs: files that were never bound, and content whose row was rolled back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.timezone import localdate

from attachments.models import Attachment

BATCH = 500
# Content without a row is looked for in the folders of these days back: younger ones may be still at work.
ORPHAN_DAYS = range(2, 9)


def contents(row: Attachment) -> list[FieldFile]:
    """Return the stored files of a row."""
    return [file for file in (row.file, row.shown, row.thumbnail) if file]


def sweep_unbound(at: datetime) -> int:
    """Remove files that nobody bound to a record within `ATTACHMENT_DRAFT_HOURS`; return how many."""
    before = at - timedelta(hours=settings.ATTACHMENT_DRAFT_HOURS)
    return remove(Attachment.objects.filter(target_id=None, uploaded_at__lt=before).order_by("pk"))


@transaction.atomic
def remove(rows: QuerySet[Attachment]) -> int:
    """Remove rows, so far as nobody is binding them, and after commit their content; return how many."""
    gone = list(rows.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    names = [file.name for row in gone for file in contents(row)]
    Attachment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
    return len(gone)


def sweep_orphans(at: datetime) -> int:
    """Remove content that no row knows, because the act that brought it was rolled back; return how many."""
    removed = 0
    for back in ORPHAN_DAYS:
        day = localdate(at) - timedelta(days=back)
        for field in ("file", "shown", "thumbnail"):
            folder = f"{Attachment._meta.get_field(field).upload_to}".replace("%Y/%m/%d", f"{day:%Y/%m/%d}")
            removed += sweep_folder(folder, field)
    return removed


def sweep_folder(folder: str, field: str) -> int:
    """Remove from one folder what no row names in the field."""
    if not default_storage.exists(folder):
        return 0
    names = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
    known = Attachment.objects.filter(**{f"{field}__in": names}).values_list(field, flat=True)
    orphans = names - set(known)
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
