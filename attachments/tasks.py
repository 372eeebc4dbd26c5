"""Scanning and cleaning up in the background."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from attachments import scanning, sweeping
from attachments.models import Attachment, ScanState

LEFT_OVER = 100
# A file younger than this has a task of its own in the queue.
YOUNG = timedelta(minutes=2)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def scan(pk: int) -> bool:
    """Scan one file; a scanner that does not answer is asked again."""
    return scanning.scan(pk, at=timezone.now())


@shared_task
def sweep_unbound() -> int:
    """Remove files that nobody bound, and have those scanned that a killed worker left."""
    now = timezone.now()
    waiting = Attachment.objects.filter(scan_state=ScanState.RECEIVED, uploaded_at__lt=now - YOUNG)
    for pk in waiting.order_by("pk").values_list("pk", flat=True)[:LEFT_OVER]:
        scan.delay(pk)
    return sweeping.sweep_unbound(now) + sweeping.sweep_orphans(now)
