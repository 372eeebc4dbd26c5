"""The city's calendar, read once in each process and again after somebody edits it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from deadlines.calendar import WorkingDays
from deadlines.models import WorkingDay

EDITION = "deadlines:calendar-edition"

_held: tuple[str, WorkingDays] | None = None
_kept: ContextVar[WorkingDays | None] = ContextVar("kept", default=None)


def working_days() -> WorkingDays:
    """Return the calendar; a call costs one look into the cache, so ask once per page or task."""
    global _held  # noqa: PLW0603 - one calendar per process is the point
    if kept := _kept.get():
        return kept
    edition = cache.get(EDITION) or _new_edition()
    if _held is None or _held[0] != edition:
        _held = (edition, WorkingDays(dict(WorkingDay.objects.values_list("day", "is_workday"))))
    return _held[1]


@contextmanager
def calendar_kept() -> Iterator[None]:
    """Inside the block nobody looks whether the calendar was edited: only for work beside which nobody does that."""
    token = _kept.set(working_days())
    try:
        yield
    finally:
        _kept.reset(token)


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
