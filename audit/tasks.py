"""Sealing in the background."""

from celery import shared_task

from audit import sealing


@shared_task
def seal() -> int:
    """Seal what has been recorded since the last time."""
    return sealing.seal()
