"""Cleaning up in the background."""

from celery import shared_task
from django.utils import timezone

from attachments import services


@shared_task
def sweep_unbound() -> int:
    """Remove files that nobody bound to a record."""
    return services.sweep_unbound(timezone.now())
