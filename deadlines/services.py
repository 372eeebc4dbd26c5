"""Starting, stopping, moving and settling deadlines. The verb around them goes on record, not they."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from deadlines.almanac import working_days
from deadlines.calendar import CLOCK_UNITS, Unit, add, due_moment, due_moment_after, last_day
from deadlines.models import Deadline, DeadlineEvent, DeadlineState, EventKind, Extension, Suspension
from deadlines.moving import follow, move
from deadlines.numbers import Numbers
from deadlines.rules import Rule, find
from deadlines.sweeping import sweep as sweep
from regions.scope import ScopeFields
from rulebook.models import Parameter
from rulebook.services import parameter

# The verb around them has a savepoint of its own; another one for each clock would double its statements.
together = transaction.atomic(savepoint=False)


@transaction.atomic
def start(target: Model, rule: str, *, at: datetime, due_on: date | None = None) -> Deadline:
    """Start the clock of this rule on the record, until the given day or for as long as the rulebook says.

    The number is the one that holds on the day of `at` in the place of the record. A clock of the same rule
    that is still open is cancelled: a record has at most one.
    """
    cancel(target, rule, at=at)
    return start_first(target, rule, at=at, due_on=due_on)


def start_first(target: Model, rule: str, *, at: datetime, due_on: date | None = None) -> Deadline:
    """Start the clock like `start`, where the caller knows that none of this rule is open on the record."""
    known = find(rule)
    deadline = Deadline(target=target, rule=rule, label=str(target)[:200], started_at=at, **_place(target))
    if due_on is not None:
        deadline.due_at = due_moment(due_on)
    else:
        _count(deadline, known, at)
    move(deadline, known, due_at=deadline.due_at, since=at)
    deadline.save(force_insert=True)
    return deadline


@transaction.atomic
def start_many(rows: Iterable[tuple[Model, date]], rule: str, *, at: datetime) -> int:
    """Start the clock of this rule on many records of which none has it running, each until its day; return how many.

    For records that came in a set: one statement instead of several for each.
    """
    known, made = find(rule), []
    numbers, calendar = Numbers(known, timezone.localdate(at)), working_days()
    for target, due_on in rows:
        deadline = Deadline(
            target=target, rule=rule, label=str(target)[:200], started_at=at, **_place(target)
        )
        move(deadline, known, due_at=due_moment(due_on), since=at, numbers=numbers, calendar=calendar)
        made.append(deadline)
    # Somebody may have started one in between; then that one runs.
    return len(Deadline.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True))


def template(
    rule: str, *, at: datetime, region_id: str, due_on: date | None = None, numbers: Numbers | None = None
) -> Deadline:
    """Return the clock of this rule as it starts at `at` in a place: on no record yet, and not saved.

    Without a given day it runs for as long as the rulebook says.
    """
    clock = Deadline(rule=rule, started_at=at, region_id=region_id)
    if due_on is not None:
        clock.due_at = due_moment(due_on)
    else:
        _count(clock, find(rule), at)
    move(clock, find(rule), due_at=clock.due_at, since=at, numbers=numbers)
    return clock


@together
def settle(target: Model, rule: str, *, at: datetime) -> Deadline | None:
    """Say that what was owed is done: met in time, or breached. Without an open clock nothing happens."""
    deadline = _open_row(target, rule)
    if deadline is None:
        return None
    if deadline.state == DeadlineState.RUNNING:
        follow(deadline, find(rule), target)
    late = not deadline.is_paused and at >= deadline.due_at
    if late and deadline.state == DeadlineState.RUNNING:
        # It passed between two sweeps; the lapse belongs on record all the same.
        DeadlineEvent.objects.create(
            deadline=deadline, kind=EventKind.LAPSED, at=deadline.due_at, recorded_at=at
        )
    _close(deadline, DeadlineState.BREACHED if late else DeadlineState.MET, at)
    return deadline


@together
def cancel(target: Model, rule: str | None = None, *, at: datetime, keep: Iterable[str] = ()) -> int:
    """Drop the open clock of this rule, or all open clocks of the record but those to keep; return how many."""
    rows = Deadline.objects.of(target).open().exclude(rule__in=keep)
    if rule is not None:
        rows = rows.filter(rule=rule)
    dropped = list(rows.select_for_update(of=("self",)))
    for deadline in dropped:
        _close(deadline, DeadlineState.CANCELLED, at)
    return len(dropped)


@transaction.atomic
def hand_on(source: Model, target: Model, rule: str) -> Deadline | None:
    """Let the open clock of a record run on with the one that takes its place: what is owed stays owed by its day.

    Returns the clock, with all that has happened to it, or None where none was open.
    """
    deadline = _open_row(source, rule)
    if deadline is None:
        return None
    deadline.target, deadline.label = target, str(target)[:200]
    for name, value in _place(target).items():
        setattr(deadline, name, value)
    deadline.save()
    return deadline


@transaction.atomic
def suspend(deadline: Deadline, *, at: datetime, by: User | None, reason: str) -> Deadline:
    """Stop the clock: from `at` on, time does not count."""
    deadline = _locked(deadline)
    if deadline.state != DeadlineState.RUNNING or at >= deadline.due_at:
        raise ValidationError(_("Only a deadline that is running and not yet late can be suspended."))
    Suspension.objects.create(deadline=deadline, from_at=at, by=by, reason=reason, due_before=deadline.due_at)
    deadline.state = DeadlineState.PAUSED
    deadline.next_at = deadline.retry_at = None
    deadline.save()
    return deadline


@transaction.atomic
def resume(deadline: Deadline, *, at: datetime, by: User | None = None) -> Deadline:
    """Let the clock run on: the due moment moves by the time, or the working days, that did not count."""
    deadline = _locked(deadline)
    if not deadline.is_paused:
        raise ValidationError(_("This deadline is not suspended."))
    stop = deadline.suspensions.get(to_at=None)
    rule = find(deadline.rule)
    due_at = _shifted(
        deadline.due_at, deadline.unit, stop.from_at, at, moves_off_holiday=rule.moves_off_holiday
    )
    stop.to_at, stop.resumed_by, stop.due_after = at, by, due_at
    stop.save()
    deadline.state = DeadlineState.RUNNING
    move(deadline, rule, due_at=due_at, since=at)
    deadline.save()
    return deadline


@transaction.atomic
def extend(deadline: Deadline, *, due_on: date, by: User | None, at: datetime, reason: str) -> Deadline:
    """Put the last day off to a later one by a decision; a deadline that had lapsed runs again."""
    deadline = _locked(deadline)
    due_at = due_moment(due_on)
    if not deadline.is_open:
        raise ValidationError(_("This deadline is settled and cannot be extended."))
    if due_at <= max(deadline.due_at, at):
        raise ValidationError(_("The new day must be later than the present one, and not in the past."))
    Extension.objects.create(
        deadline=deadline, due_before=deadline.due_at, due_after=due_at, at=at, by=by, reason=reason
    )
    if deadline.is_paused:
        deadline.due_at = due_at
    else:
        deadline.state = DeadlineState.RUNNING
        move(deadline, find(deadline.rule), due_at=due_at, since=at)
    deadline.save()
    return deadline


def recount(*, at: datetime, by: User | None) -> int:
    """Count open deadlines again after the calendar was edited; return how many moved.

    What was decided (a given day, an extension) stays, and nobody is made late after the event.
    """
    rows = Deadline.objects.open().filter(state=DeadlineState.RUNNING, n__isnull=False, extensions=None)
    rows = rows.exclude(unit__in=CLOCK_UNITS)
    return sum(_recount_one(pk, at, by) for pk in rows.values_list("pk", flat=True).iterator())


@transaction.atomic
def _recount_one(pk: int, at: datetime, by: User | None) -> bool:
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=pk)
    if deadline.state != DeadlineState.RUNNING:
        return False
    rule, due_before = find(deadline.rule), deadline.due_at
    due_at = _counted_again(deadline, rule)
    if due_at == due_before or due_at <= at:
        return False
    move(deadline, rule, due_at=due_at, since=at)
    deadline.save()
    Extension.objects.create(
        deadline=deadline,
        due_before=due_before,
        due_after=due_at,
        at=at,
        by=by,
        reason=_("The calendar of working days was changed."),
    )
    return True


def running(target: Model, rule: str) -> Deadline | None:
    """Return the open clock of this rule on the record, if there is one."""
    return Deadline.objects.of(target).open().filter(rule=rule).first()


def running_rules(target: Model, rules: Iterable[str]) -> set[str]:
    """Return those of the rules whose clock is open on the record, by one question for all."""
    rows = Deadline.objects.of(target).open().filter(rule__in=rules)
    return set(rows.order_by().values_list("rule", flat=True))


def relocate(target: Model) -> int:
    """Copy the place, industry and enterprise of a record that has moved to its open clocks."""
    return Deadline.objects.of(target).open().update(**_place(target))


def relocate_all(enterprise_id: int, *, region_id: str) -> int:
    """Put every open clock about an enterprise into the place to which the enterprise has moved; return how many."""
    rows = Deadline.objects.open().filter(enterprise_id=enterprise_id)
    return rows.update(region_id=region_id, grid_code="")


def _count(deadline: Deadline, rule: Rule, at: datetime) -> None:
    """Take length and unit from the rulebook, and count."""
    if rule.parameter is None:
        raise ValueError(f"The rule {rule.code!r} has no number in the rulebook: give due_on.")
    number = _number(rule.parameter, deadline, at)
    deadline.basis, deadline.n, deadline.unit = number, int(number.amount), number.unit
    deadline.due_at = due_moment_after(
        at, deadline.n, deadline.unit, working_days(), moves_off_holiday=rule.moves_off_holiday
    )


def _counted_again(deadline: Deadline, rule: Rule) -> datetime:
    """Return the due moment as it would be by today's calendar, stops included."""
    moves = rule.moves_off_holiday
    due_at = due_moment_after(
        deadline.started_at, deadline.n, deadline.unit, working_days(), moves_off_holiday=moves
    )
    for stop in deadline.suspensions.filter(to_at__isnull=False):
        due_at = _shifted(due_at, deadline.unit, stop.from_at, stop.to_at, moves_off_holiday=moves)
    return due_at


def _number(code: str, deadline: Deadline, at: datetime) -> Parameter:
    return parameter(code, on=timezone.localdate(at), region=deadline.region_id or "")


def _shifted(
    due_at: datetime, unit: str, stopped: datetime, at: datetime, *, moves_off_holiday: bool
) -> datetime:
    """Return the due moment after a stop from `stopped` to `at`."""
    if unit in CLOCK_UNITS:
        return due_at + (at - stopped)
    calendar, due_on = working_days(), last_day(due_at)
    first, last = timezone.localdate(stopped), timezone.localdate(at)
    if unit == Unit.WORKDAY:
        return due_moment(calendar.step(due_on, calendar.between(first, last)))
    return due_moment(
        add(due_on, (last - first).days, Unit.DAY, calendar, moves_off_holiday=moves_off_holiday)
    )


def _close(deadline: Deadline, state: str, at: datetime) -> None:
    if deadline.is_paused:
        deadline.suspensions.filter(to_at=None).update(to_at=at)
    deadline.state, deadline.settled_at = state, at
    deadline.next_at = deadline.retry_at = None
    deadline.save(update_fields=["state", "settled_at", "next_at", "retry_at"])


def _locked(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)


def _open_row(target: Model, rule: str) -> Deadline | None:
    return Deadline.objects.of(target).open().filter(rule=rule).select_for_update(of=("self",)).first()


def _place(target: Model) -> Mapping[str, Any]:
    """Read where the target lies and whose it is, at the paths that its queryset declares for its scope."""
    fields = getattr(type(target)._default_manager.none(), "scope_fields", None) or ScopeFields()
    return {
        "region_id": _follow(target, fields.region_path("region_id")),
        "industry": _follow(target, fields.industry) or "",
        "enterprise_id": _follow(target, fields.enterprise),
        "grid_code": _follow(target, fields.grid) or "",
    }


def _follow(obj: Any, path: str | None) -> Any:
    for name in path.split("__") if path else ():
        obj = getattr(obj, name, None)
    return obj if path else None
