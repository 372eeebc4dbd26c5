"""What the worker does for hazards."""

from celery import shared_task
from django.utils import timezone

from hazards import services


@shared_task
def ask_for_progress() -> tuple[int, int]:
    """Start the weekly clocks of major hazards where they do not run, and anew where a week was missed; every night."""
    return services.ask_for_progress(at=timezone.now())
