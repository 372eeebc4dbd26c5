"""Setting the due moment of a clock, with all that will happen around it; and clocks that count from the last thing done."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from deadlines.almanac import working_days
from deadlines.calendar import WorkingDays, due_moment_after
from deadlines.models import Deadline
from deadlines.numbers import Numbers
from deadlines.rules import Rule
from deadlines.schedule import plan


def move(
    deadline: Deadline,
    rule: Rule,
    *,
    due_at: datetime,
    since: datetime,
    numbers: Numbers | None = None,
    calendar: WorkingDays | None = None,
) -> None:
    """Set the due moment and freeze all that will happen around it; a set brings along what it has asked for already."""
    numbers = numbers or Numbers(rule, timezone.localdate(deadline.started_at))
    place = deadline.region_id or ""
    steps = plan(
        due_at,
        deadline.unit,
        since=since,
        warn_before=numbers.warnings(place),
        ladder=numbers.ladder(place),
        calendar=calendar or working_days(),
    )
    deadline.due_at = due_at
    deadline.steps = [step.frozen() for step in steps]
    deadline.step, deadline.next_at = 0, steps[0].at
    deadline.retry_at, deadline.failures, deadline.error = None, 0, ""


def follow(deadline: Deadline, rule: Rule, target: Model) -> bool:
    """Let the clock count from where its origin has moved to; say whether that put its moment off.

    Asked when the clock is about to lapse or is settled, so that what moves the origin need not know of the clock.
    """
    since = rule.moved_origin(target) if rule.moved_origin else None
    if since is None or deadline.n is None or since <= deadline.started_at:
        return False
    due_at = due_moment_after(
        since, deadline.n, deadline.unit, working_days(), moves_off_holiday=rule.moves_off_holiday
    )
    if due_at <= deadline.due_at:
        return False
    deadline.started_at = since
    move(deadline, rule, due_at=due_at, since=since)
    deadline.save()
    return True
