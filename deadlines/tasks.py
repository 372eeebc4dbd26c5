"""The clock's hand: Celery beat calls it every half minute."""

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from deadlines import services

LIMIT = 500


@shared_task
def sweep() -> int:
    """Do all that has come due by now; a second worker may do the same at the same time."""
    at, done = timezone.now(), 0
    while batch := services.sweep(at, LIMIT):
        done += batch
    return done


@shared_task
def recount(by_id: int | None = None) -> int:
    """Count open deadlines again after somebody edited the calendar."""
    by = User.objects.filter(pk=by_id).first()
    return services.recount(at=timezone.now(), by=by)
