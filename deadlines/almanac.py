"""The city's calendar, read once in each process and again after somebody edits it."""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from deadlines.calendar import WorkingDays
from deadlines.models import WorkingDay

EDITION = "deadlines:calendar-edition"

_held: tuple[str, WorkingDays] | None = None


def working_days() -> WorkingDays:
    """Return the calendar; a call costs one look into the cache, so ask once per page or task."""
    global _held  # noqa: PLW0603 - one calendar per process is the point
    edition = cache.get(EDITION) or _new_edition()
    if _held is None or _held[0] != edition:
        _held = (edition, WorkingDays(dict(WorkingDay.objects.values_list("day", "is_workday"))))
    return _held[1]


def changed() -> None:
    """Tell every process to read the calendar again, as soon as the change is there to be read."""
    transaction.on_commit(_new_edition)


def forget() -> None:
    """Drop what this process has read; for tests, whose changes are rolled back without a word."""
    global _held  # noqa: PLW0603
    _held = None


def _new_edition() -> str:
    edition = uuid4().hex
    cache.set(EDITION, edition, timeout=None)
    return edition
