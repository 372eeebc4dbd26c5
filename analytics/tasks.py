"""Counting by the clock; the task may run twice or at once without harm."""

from celery import shared_task
from django.utils import timezone

from analytics import services


@shared_task
def refresh_counts() -> bool:
    """Count anew if it is time; say whether it was done."""
    return services.refresh_if_due(at=timezone.now()) is not None
