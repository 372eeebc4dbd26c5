"""Scanning and cleaning up in the background."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from attachments import scanning, sweeping
from attachments.models import Attachment, ScanState

LEFT_OVER = 1000
# A file younger than this has a task of its own in the queue.
YOUNG = timedelta(minutes=2)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def scan(pk: int) -> bool:
    """Scan one file; a scanner that does not answer is asked again."""
    return scanning.scan(pk, at=timezone.now())


@shared_task
def scan_left_over() -> int:
    """Have files scanned that a killed worker left, or a scanner that did not answer; return how many."""
    waiting = Attachment.objects.filter(scan_state=ScanState.RECEIVED, uploaded_at__lt=timezone.now() - YOUNG)
    # The newest first: one that can never be scanned holds up no other.
    keys = list(waiting.order_by("-pk").values_list("pk", flat=True)[:LEFT_OVER])
    for pk in keys:
        scan.delay(pk)
    return len(keys)


@shared_task
def sweep_unbound() -> int:
    """Remove files that nobody bound, and content that nobody knows."""
    now = timezone.now()
    return sweeping.sweep_unbound(now) + sweeping.sweep_orphans(now)
