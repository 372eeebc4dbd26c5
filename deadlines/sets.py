"""Clocks of many records at once: one statement for a batch, however many records there are.

For what befalls records in sets: an import, a night in which a month's confirmations ran out. What befalls one record
goes through `deadlines.services`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from deadlines.models import Deadline, DeadlineEvent, DeadlineState, EventKind, Suspension
from deadlines.numbers import Numbers
from deadlines.rules import Rule, find
from deadlines.services import template
from regions.codes import LEVEL_COLUMNS
from regions.scope import ScopeFields
from rulebook.models import Parameter

# What a record is called: a field, or an expression over its columns.
Label = str | Combinable
# Clocks as they start, by the last day; the only one has none.
Templates = Mapping[date | None, Deadline]

BATCH = 10_000
# A clock that somebody started in between is left running: a record has one at most.
START = """
INSERT INTO deadlines_deadline
    (target_type_id, target_id, label, region_id, industry, enterprise_id, grid_code, rule, started_at, due_at, n, unit,
     basis_id, state, steps, step, next_at, failures, error)
SELECT %s, id, left(label, 200), region, coalesce(industry, ''), enterprise, coalesce(grid, ''),
       %s, %s, due_at, %s, %s, %s, %s, steps::jsonb, 0, next_at, 0, ''
FROM ({rows}) AS found (id, label, region, industry, enterprise, grid, last_day)
JOIN unnest(%s::date[], %s::timestamptz[], %s::text[], %s::timestamptz[]) AS clock (day, due_at, steps, next_at)
  ON coalesce(clock.day, 'infinity') = coalesce(last_day, 'infinity')
ON CONFLICT DO NOTHING RETURNING target_id
"""


def start_set(
    rows: QuerySet, rule: str, *, at: datetime, label: Label, until: str = "", batch: int = BATCH
) -> int:
    """Start the clock of this rule on all the records on which it does not run; return how many.

    `label` is what a record is called; `until` is the field that holds its last day, where each has its own: without a
    day no clock starts. The numbers of the rulebook are read once for each place that has its own. Each batch stands by
    itself: what was started before a failure stays, and the next call goes on from there.
    """
    known, done = find(rule), 0
    numbers = Numbers(known, timezone.localdate(at))
    for place in places_with_numbers(known, at):
        there = lying_in(rows, place)
        for days in _bare(there, rule, until, batch):
            clocks = {
                last: template(rule, at=at, region_id=place, due_on=last, numbers=numbers)
                for last in set(days.values())
            }
            done += len(_insert(there.filter(pk__in=list(days)), clocks, label, until))
    return done


def _bare(rows: QuerySet, rule: str, until: str, batch: int) -> Iterator[dict[int, date | None]]:
    """Go through the records by their keys; give those without a clock with their last day, batch by batch.

    By their keys, because while a set is being started no statistics of the database know how many clocks there are,
    and it would join in a way that takes hours.
    """
    day = F(until) if until else Value(None, DateField())
    rows, last = (rows.exclude(**{until: None}) if until else rows).order_by("pk"), 0
    while days := dict(rows.filter(pk__gt=last).values_list("pk", day)[:batch]):
        last = max(days)
        running = set(clocks_of(rows.model, days, [rule]).values_list("target_id", flat=True))
        if bare := {key: ends for key, ends in days.items() if key not in running}:
            yield bare
        if len(days) < batch:
            break


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


def _insert(rows: QuerySet, clocks: Templates, label: Label, until: str) -> list[int]:
    fields = getattr(rows, "scope_fields", None) or ScopeFields()
    columns = (
        "pk",
        label,
        fields.region_path("region_id"),
        fields.industry or Value(""),
        fields.enterprise or Cast(Value(None), BigIntegerField()),
        fields.grid or Value(""),
        until or Cast(Value(None), DateField()),
    )
    sql, params = rows.values_list(*columns).query.sql_with_params()
    kind, alike = ContentType.objects.get_for_model(rows.model).pk, next(iter(clocks.values()))
    frozen = (alike.rule, alike.started_at, alike.n, alike.unit, alike.basis_id, alike.state)
    with connection.cursor() as cursor:
        cursor.execute(START.format(rows=sql), [kind, *frozen, *params, *_by_day(clocks)])
        return [pk for (pk,) in cursor.fetchall()]


def _by_day(clocks: Templates) -> tuple[list, ...]:
    """Return days, due moments, steps and next moments of the clocks, column by column."""
    steps = [json.dumps(clock.steps) for clock in clocks.values()]
    moments = [clock.due_at for clock in clocks.values()]
    return list(clocks), moments, steps, [clock.next_at for clock in clocks.values()]


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
