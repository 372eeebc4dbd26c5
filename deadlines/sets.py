"""Clocks of many records at once: one statement for a batch, however many records there are.

For what befalls records in sets: an import, a night in which a month's confirmations ran out. What befalls one record
goes through `deadlines.services`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.fields.json import JSONField
from django.utils import timezone

from deadlines.models import Deadline, DeadlineEvent, DeadlineState, EventKind, Suspension
from deadlines.rules import Rule, find
from deadlines.services import template
from regions.codes import LEVEL_COLUMNS
from regions.scope import ScopeFields
from rulebook.models import Parameter

BATCH = 10_000
# A clock that somebody started in between is left running: a record has one at most.
START = """
INSERT INTO deadlines_deadline
    (target_type_id, target_id, label, region_id, industry, enterprise_id, grid_code, rule, started_at, due_at, n, unit,
     basis_id, state, steps, step, next_at, failures, error)
SELECT %s, id, left(label, 200), region, coalesce(industry, ''), enterprise, coalesce(grid, ''),
       %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, 0, ''
FROM ({rows}) AS found (id, label, region, industry, enterprise, grid)
ON CONFLICT DO NOTHING RETURNING target_id
"""


def start_set(rows: QuerySet, rule: str, *, at: datetime, label: str, batch: int = BATCH) -> int:
    """Start the clock of this rule on all the records on which it does not run; return how many.

    `label` is the field by which a record is called. The numbers of the rulebook are read once for each place that has
    its own. Each batch stands by itself: what was started before a failure stays, and the next call goes on from there.
    """
    done = 0
    for place in places_with_numbers(find(rule), at):
        left = lying_in(without_clock(rows, rule), place)
        if left.exists():
            done += _start(left, template(rule, at=at, region_id=place), label, batch)
    return done


def lying_in(rows: QuerySet, place: str) -> QuerySet:
    """Keep the records that lie in the place; all of them where none is named."""
    if not place:
        return rows
    fields = getattr(rows, "scope_fields", None) or ScopeFields()
    return rows.filter(**{fields.region_path(LEVEL_COLUMNS[len(place)]): place})


def without_clock(rows: QuerySet, rule: str) -> QuerySet:
    """Keep the records on which no clock of the rule is open."""
    clocks = Deadline.objects.open().filter(
        target_type=ContentType.objects.get_for_model(rows.model), target_id=OuterRef("pk"), rule=rule
    )
    return rows.filter(~Exists(clocks))


def places_with_numbers(rule: Rule, at: datetime) -> list[str]:
    """Return the places that have numbers of their own for the rule, the smallest first and the country last."""
    codes = {rule.parameter, *(step.parameter for step in rule.ladder), *rule.warn_parameters} - {None, ""}
    held = Parameter.objects.filter(code__in=codes).valid_on(timezone.localdate(at))
    return sorted({"", *held.values_list("jurisdiction", flat=True)}, key=len, reverse=True)


def _start(rows: QuerySet, clock: Deadline, label: str, batch: int) -> int:
    fields = getattr(rows, "scope_fields", None) or ScopeFields()
    columns = (
        "pk",
        label,
        fields.region_path("region_id"),
        fields.industry or Value(""),
        fields.enterprise or Value(None),
        fields.grid or Value(""),
    )
    done, last = 0, 0
    while True:
        chunk = rows.filter(pk__gt=last).order_by("pk").values_list(*columns)[:batch]
        started = _insert(chunk, clock)
        if not started:
            return done
        done, last = done + len(started), max(started)


def _insert(rows: QuerySet, clock: Deadline) -> list[int]:
    sql, params = rows.query.sql_with_params()
    steps = JSONField().get_db_prep_value(clock.steps, connection)
    frozen: tuple[Any, ...] = (
        clock.rule,
        clock.started_at,
        clock.due_at,
        clock.n,
        clock.unit,
        clock.basis_id,
        clock.state,
        steps,
        clock.next_at,
    )
    kind = ContentType.objects.get_for_model(rows.model).pk
    with connection.cursor() as cursor:
        cursor.execute(START.format(rows=sql), [kind, *frozen, *params])
        return [pk for (pk,) in cursor.fetchall()]


def clocks_of(model: Any, ids: Iterable[int], rules: Iterable[str]) -> QuerySet[Deadline]:
    """Return the open clocks of these rules on records of one model."""
    kind = ContentType.objects.get_for_model(model)
    return Deadline.objects.open().filter(target_type=kind, target_id__in=list(ids), rule__in=list(rules))


def clocks_on(targets: QuerySet, rule: str) -> QuerySet[Deadline]:
    """Return the open clocks of a rule on all these records."""
    kind = ContentType.objects.get_for_model(targets.model)
    return Deadline.objects.open().filter(target_type=kind, rule=rule, target_id__in=targets.values("pk"))


@transaction.atomic
def settle_set(clocks: QuerySet[Deadline], *, at: datetime) -> int:
    """Say of open clocks that what was owed is done, each met in time or breached; return how many."""
    held = list(clocks.open().order_by("pk").select_for_update(of=("self",)).only("pk", "state", "due_at"))
    late = [row for row in held if not row.is_paused and row.due_at <= at]
    # Those passed between two sweeps; the lapse belongs on record all the same.
    passed = [row for row in late if row.state == DeadlineState.RUNNING]
    DeadlineEvent.objects.bulk_create(
        [DeadlineEvent(deadline=row, kind=EventKind.LAPSED, at=row.due_at, recorded_at=at) for row in passed],
        batch_size=BATCH,
    )
    numbers = {row.pk for row in late}
    _close([row.pk for row in held if row.pk in numbers], DeadlineState.BREACHED, at)
    _close([row.pk for row in held if row.pk not in numbers], DeadlineState.MET, at)
    return len(held)


@transaction.atomic
def cancel_set(clocks: QuerySet[Deadline], *, at: datetime) -> int:
    """Drop open clocks that nobody needs any more; return how many."""
    held = list(clocks.open().order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    _close(held, DeadlineState.CANCELLED, at)
    return len(held)


def _close(numbers: list[int], state: str, at: datetime) -> None:
    if not numbers:
        return
    Suspension.objects.filter(deadline__in=numbers, to_at=None).update(to_at=at)
    Deadline.objects.filter(pk__in=numbers).update(state=state, settled_at=at, next_at=None, retry_at=None)
