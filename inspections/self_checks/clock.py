"""The clock of an enterprise's self-checks: by when the next one is due, by risk, and never rarer than the rulebook asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Least
from django.utils.timezone import localdate

from deadlines import services as deadlines
from deadlines.calendar import add_months
from deadlines.sets import cancel_set, clocks_of, clocks_on, start_set
from enterprises.models import Enterprise
from inspections.models import SelfCheckList
from inspections.risk import MONTH, longest_cycle, longest_self_check, risk_colour

RULE = "inspections.self_check"
# How many lists are moved at a time.
BATCH = 5000
# What `str` calls a list.
CALLED = Concat("enterprise__name", Value(" · "), Cast("number", CharField()))


@dataclass(frozen=True)
class Cycle:
    """The days from one check to the next: as agreed on the list, and as they hold, which is less where risk asks it."""

    agreed: int
    days: int

    @property
    def is_raised(self) -> bool:
        """Say whether the risk asks for more often than was agreed."""
        return self.days < self.agreed


def cycle_of(row: SelfCheckList, *, on: date) -> Cycle:
    """Return how often the enterprise of the list checks itself on a day."""
    return _cycle(row, longest_cycle(row.enterprise, on=on))


def known_cycle(row: SelfCheckList) -> Cycle:
    """Return the same of a row to which `with_days` has added it."""
    return _cycle(row, row._days)


def _cycle(row: SelfCheckList, longest: int) -> Cycle:
    """A list that was replaced is history: it keeps what was agreed."""
    return Cycle(
        row.cycle_days, row.cycle_days if row.state == "superseded" else min(row.cycle_days, longest)
    )


def days_apart(row: SelfCheckList, *, on: date) -> int:
    """Return the days from one check to the next: as agreed on the list, or fewer where the risk has risen since."""
    return cycle_of(row, on=on).days


def next_day(row: SelfCheckList, *, on: date) -> date:
    """Return the day by which the enterprise checks itself again, counted from `on`."""
    return after(on, days_apart(row, on=on))


def after(on: date, days: int) -> date:
    """Return the day so many days later; a month is a month, so that a monthly check keeps its day."""
    return add_months(on, 1) if days == MONTH else on + timedelta(days=days)


def owes_checks(enterprise: Enterprise, *, on: date) -> bool:
    """Say whether the enterprise owes self-checks on the day: it works, and nobody has seen it at rest."""
    return Enterprise.objects.filter(pk=enterprise.pk).counts_for_scoring(on).exists()


def start_clock(row: SelfCheckList, *, at: datetime, since: datetime | None = None) -> None:
    """Let the clock run to the next check, and write the day on the list; the caller saves it.

    It counts from `since`, when the last check took place, or from now; a day that is over already is today. At an
    enterprise that stands still nothing is owed until it works again.
    """
    today = localdate(at)
    if not owes_checks(row.enterprise, on=today):
        row.next_check_on = None
        deadlines.cancel(row, RULE, at=at)
        return
    row.next_check_on = max(next_day(row, on=localdate(since or at)), today)
    deadlines.start(row, RULE, at=at, due_on=row.next_check_on)


def hand_clock_on(before: SelfCheckList, row: SelfCheckList, *, at: datetime) -> None:
    """Let the list that takes the place of another owe the check that is owed, by the same day; the caller saves it.

    A new list does not put a check off, least of all one that is late. Only a check that would now come too late, or
    that nobody owed, gets its day anew.
    """
    row.last_check_at, row.next_check_on = before.last_check_at, before.next_check_on
    owed = deadlines.hand_on(before, row, RULE) and row.next_check_on
    if not owed or owed > next_day(row, on=localdate(at)):
        start_clock(row, at=at)


def look_after_self_checks(*, at: datetime) -> tuple[int, int, int]:
    """Pause at enterprises that have stopped, begin again where work goes on, and follow a risk that has risen.

    Return how many were paused, begun again, and brought forward. Done every night, in sets.
    """
    return pause_stopped(at=at), begin_again(at=at), bring_forward(at=at)


def in_use() -> QuerySet[SelfCheckList]:
    """Return the lists by which enterprises check themselves now."""
    return SelfCheckList.objects.filter(state="accepted")


@transaction.atomic
def pause_stopped(*, at: datetime) -> int:
    """Drop the clock where the enterprise has stopped or ended: what nobody can check is not late."""
    working = Enterprise.objects.counts_for_scoring(localdate(at)).filter(pk=OuterRef("enterprise"))
    rows = in_use().filter(next_check_on__isnull=False).exclude(enterprise__in=working.values("pk"))
    cancel_set(clocks_on(rows, RULE), at=at)
    return rows.update(next_check_on=None)


def begin_again(*, at: datetime) -> int:
    """Start the clock of lists without one whose enterprise works: it has resumed, or the list came in a set."""
    today = localdate(at)
    working = Enterprise.objects.counts_for_scoring(today).values("pk")
    waiting = in_use().filter(next_check_on=None, enterprise__in=working)
    return move_clocks(with_days(waiting, today), today, at=at)


def bring_forward(*, at: datetime) -> int:
    """Move the day forward where the risk has risen so far that the check would come too late."""
    today = localdate(at)
    late = with_days(in_use().filter(next_check_on__gt=after(today, 1)), today).filter(beyond(today))
    return move_clocks(late, today, at=at)


def with_days(lists: QuerySet[SelfCheckList], on: date) -> QuerySet[SelfCheckList]:
    """Say of each list after how many days its enterprise checks itself at the latest (`_days`)."""
    coloured = lists.annotate(risk=risk_colour("enterprise__"))
    longest = longest_self_check(on=on, path="enterprise__")
    return coloured.annotate(_days=Least(F("cycle_days"), longest))


def beyond(on: date) -> Q:
    """Keep lists whose next check lies further away than their cycle, counted as `after` counts."""
    later = ExpressionWrapper(Cast(Value(on), DateField()) + F("_days"), output_field=DateField())
    return Q(next_check_on__gt=Case(When(_days=MONTH, then=Value(after(on, MONTH))), default=later))


def move_clocks(rows: QuerySet[SelfCheckList], on: date, *, at: datetime) -> int:
    """Start the clocks of these lists anew, each after the days it carries as `_days`; return how many."""
    keys, done = list(rows.order_by("pk").values_list("pk", "_days")), 0
    for start in range(0, len(keys), BATCH):
        done += move_batch(keys[start : start + BATCH], on, at=at)
    return done


@transaction.atomic
def move_batch(keys: Sequence[tuple[int, int]], on: date, *, at: datetime) -> int:
    """Start the clocks of a batch anew; a list that was replaced meanwhile is left alone."""
    days = dict(keys)
    rows = in_use().filter(pk__in=days).select_for_update(of=("self",))
    held = list(rows.values_list("pk", flat=True))
    for number in set(days.values()):
        alike = [key for key in held if days[key] == number]
        SelfCheckList.objects.filter(pk__in=alike).update(next_check_on=after(on, number))
    cancel_set(clocks_of(SelfCheckList, held, [RULE]), at=at)
    moved = SelfCheckList.objects.filter(pk__in=held)
    return start_set(moved, RULE, at=at, label=CALLED, until="next_check_on")
