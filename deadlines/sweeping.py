"""The sweep: it does what has come due, each step once, and no row can stop the others.

Each row is taken in a transaction of its own, so a killed worker loses at most the row in its hands, and
that row is as it was. The sweep never waits: a row that another sweep holds is skipped, and so is one whose
record is held by a verb at this moment (which may itself be waiting for the row), so the two cannot lock
each other out.
"""

import logging
from datetime import datetime, timedelta
from enum import Enum

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from deadlines.models import Deadline, DeadlineEvent, DeadlineState, EventKind
from deadlines.moving import follow
from deadlines.rules import find
from deadlines.schedule import PlannedStep

logger = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=12)


class TargetBusy(Exception):
    """Somebody is changing the record just now; the next sweep will find it free."""


class Outcome(Enum):
    """How it went with one row."""

    DONE = "done"
    FAILED = "failed"
    BUSY = "busy"


def sweep(at: datetime, limit: int = 500) -> int:
    """Do the steps whose moment has come by `at`, on up to `limit` rows; return how many rows moved."""
    done, busy = 0, []
    for _attempt in range(limit):
        pk, outcome = _sweep_one(at, busy)
        if pk is None:
            break
        if outcome is Outcome.BUSY:
            busy.append(pk)
        done += outcome is Outcome.DONE
    return done


def _sweep_one(at: datetime, leave: list[int]) -> tuple[int | None, Outcome | None]:
    with transaction.atomic():
        rows = Deadline.objects.ripe(at).exclude(pk__in=leave)
        deadline = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if deadline is None:
            return None, None
        return deadline.pk, _advance(deadline, at)


def _advance(deadline: Deadline, at: datetime) -> Outcome:
    """Take all steps that have passed; those taken before a failure stay taken."""
    try:
        while deadline.next_at is not None and deadline.next_at <= at:
            with transaction.atomic():
                _take_step(deadline, at)
            if find(deadline.rule).handler:
                # It may have settled, moved or stopped this very clock.
                deadline.refresh_from_db()
    except TargetBusy:
        return Outcome.BUSY
    except Exception as error:  # noqa: BLE001 - whatever one app's handler does, the city goes on
        logger.exception("Deadline %s could not take its step; it will be tried again.", deadline.pk)
        _put_off(deadline.pk, error, at)
        return Outcome.FAILED
    return Outcome.DONE


def _take_step(deadline: Deadline, at: datetime) -> None:
    rule = find(deadline.rule)
    handler = rule.handler
    target = _held_target(deadline) if handler or rule.origin else None
    step = PlannedStep.thaw(deadline.steps[deadline.step])
    if step.kind == EventKind.LAPSED and target is not None and follow(deadline, rule, target):
        return
    event = DeadlineEvent.objects.create(
        deadline=deadline, kind=step.kind, level=step.level, at=step.at, recorded_at=at
    )
    _mark_taken(deadline, step)
    if handler:
        handler(target, event, at)


def _mark_taken(deadline: Deadline, step: PlannedStep) -> None:
    deadline.step += 1
    later = deadline.steps[deadline.step :]
    deadline.next_at = PlannedStep.thaw(later[0]).at if later else None
    if step.kind == EventKind.LAPSED:
        deadline.state = DeadlineState.BREACHED
    deadline.retry_at, deadline.failures, deadline.error = None, 0, ""
    deadline.save(update_fields=["step", "next_at", "state", "retry_at", "failures", "error"])


def _held_target(deadline: Deadline) -> Model:
    """Lock the record for the handler, without waiting for anybody."""
    kind = ContentType.objects.get_for_id(deadline.target_type_id)
    rows = kind.model_class()._base_manager.filter(pk=deadline.target_id)
    target = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if target is not None:
        return target
    if rows.exists():
        raise TargetBusy
    raise LookupError(f"The record {kind} {deadline.target_id} is gone.")


def _put_off(pk: int, error: Exception, at: datetime) -> None:
    """Let the row wait twice as long after each failure, and keep what went wrong for the administrator."""
    deadline = Deadline.objects.get(pk=pk)
    deadline.failures += 1
    deadline.retry_at = at + min(timedelta(minutes=2 ** min(deadline.failures, 10)), LONGEST_WAIT)
    deadline.error = f"{type(error).__name__}: {error}"[:2000]
    deadline.save(update_fields=["failures", "retry_at", "error"])
