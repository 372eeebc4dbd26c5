"""What the worker does for inspections."""

from celery import shared_task
from django.utils import timezone

from inspections.doubts import services as doubts
from inspections.figures.months import count_conduct as count_months
from inspections.library import services as library
from inspections.patrols import clock as patrols
from inspections.self_checks import clock as self_checks


@shared_task
def find_new_texts() -> int:
    """List the references whose articles have a new text; every night, and when a law was imported."""
    return library.find_new_texts(at=timezone.now())


@shared_task
def look_after_self_checks() -> tuple[int, int, int]:
    """Pause, begin again and bring forward the clocks of self-checks; every night, in sets."""
    return self_checks.look_after_self_checks(at=timezone.now())


@shared_task
def lay_patrol_stops() -> tuple[int, int]:
    """Bring the stops of all patrol routes in line with the enterprises there; every night, in sets."""
    return patrols.lay_stops(at=timezone.now())


@shared_task
def count_conduct() -> int:
    """Rate every enterprise and count the months of hazard work anew; every night."""
    return count_months(at=timezone.now())


@shared_task
def find_doubts() -> tuple[int, int]:
    """Look for what is too good to be true; return how many doubts were raised and dropped. Every night."""
    return doubts.find_doubts(at=timezone.now())
