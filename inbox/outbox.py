"""The outbox: what happened becomes messages, once.

A state change and a deadline event are written in the transaction of the fact itself, with `dispatched_at`
empty. `dispatch` takes such rows in order, skipping those another worker holds, and writes the messages in
the same transaction as the mark. A worker that dies leaves neither; two workers never hold the same row; and
a unique key of event, notice, receiver and channel stands behind both.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts.selectors import each_asked_once
from deadlines.models import DeadlineEvent
from inbox.addressing import Sheet, write
from inbox.models import FailedNotice
from inbox.notices import Notice, Registry, registry
from inbox.wording import templates
from lifecycle.models import StateChange
from regions.scope import ScopeFields

logger = logging.getLogger(__name__)
BATCH = 200
MAX_ATTEMPTS = 8


@dataclass(frozen=True)
class Fact:
    """One event with what it is about, ready for its notices."""

    source: str
    row: Any
    event: str
    target: Any


def dispatch(*, at: dt.datetime, limit: int = BATCH) -> int:
    """Turn events nobody was told of into messages; return how many events were taken."""
    taken = 0
    for source, model in (("change", StateChange), ("event", DeadlineEvent)):
        taken += _dispatch_source(source, model, at=at, limit=limit)
    _retry(at=at, limit=limit)
    return taken


def _dispatch_source(source: str, model: type[models.Model], *, at: dt.datetime, limit: int) -> int:
    with transaction.atomic():
        rows = list(_waiting(model, at)[:limit])
        if not rows:
            return 0
        notices, sheet = registry(), Sheet(at=at, own=templates())
        # Many events of a batch are about the same few places and enterprises.
        with each_asked_once():
            for fact in _facts(source, rows):
                for notice in notices.of(fact.event):
                    _tell(notice, fact, sheet)
        model.objects.filter(pk__in=[row.pk for row in rows]).update(dispatched_at=at)
    return len(rows)


def _waiting(model: type[models.Model], at: dt.datetime) -> models.QuerySet:
    """Undispatched rows up to the moment in order, locked; rows of another dispatcher are left to it."""
    rows = model.objects.filter(dispatched_at=None).order_by("pk")
    if model is DeadlineEvent:
        rows = rows.filter(recorded_at__lte=at).select_related("deadline")
    else:
        rows = rows.filter(at__lte=at)
    return rows.select_for_update(skip_locked=True, of=("self",))


def _facts(source: str, rows: Iterable[Any]) -> Iterable[Fact]:
    """Each row with its target, one query per kind of target; a target that is gone tells nobody."""
    rows = list(rows)
    holders = {row.pk: row.deadline if source == "event" else row for row in rows}
    targets = fetch_targets((holder.target_type_id, holder.target_id) for holder in holders.values())
    for row in rows:
        holder = holders[row.pk]
        target = targets.get((holder.target_type_id, int(holder.target_id)))
        if target is not None:
            yield Fact(source, row, _event_name(source, row), target)


def fetch_targets(keys: Iterable[tuple[int, Any]]) -> dict[tuple[int, int], models.Model]:
    """Return records by content type and id, one query per type."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for type_id, target_id in keys:
        wanted[type_id].add(int(target_id))
    found: dict[tuple[int, int], models.Model] = {}
    for type_id, ids in wanted.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None:
            found.update({(type_id, pk): obj for pk, obj in _with_enterprise(model).in_bulk(ids).items()})
    return found


def _with_enterprise(model: type[models.Model]) -> models.QuerySet:
    """Return the model's records with the enterprise whose they are: almost every notice names it."""
    rows = model._base_manager.all()
    scope = getattr(model._default_manager.none(), "scope_fields", None) or ScopeFields()
    relation = (scope.enterprise or "").removesuffix("_id")
    leads_there = relation.split("__")[0] in {field.name for field in model._meta.concrete_fields}
    return rows.select_related(relation) if leads_there and relation != scope.enterprise else rows


def _event_name(source: str, row: Any) -> str:
    if source == "event":
        return f"deadline:{row.deadline.rule}:{row.kind}"
    return row.outbox_code


def _tell(notice: Notice, fact: Fact, sheet: Sheet) -> None:
    """Write one notice of one event in its own savepoint, so that a broken one stops no other."""
    try:
        with transaction.atomic():
            write(notice, fact, sheet)
    except Exception as error:
        logger.exception("Notice %s of %s %s failed", notice.name, fact.source, fact.row.pk)
        FailedNotice.objects.get_or_create(
            source=fact.source,
            event_id=fact.row.pk,
            notice=notice.name,
            defaults={"error": _short(error), "at": sheet.at, "next_try_at": sheet.at + back_off(1)},
        )


def _retry(*, at: dt.datetime, limit: int) -> None:
    """Try broken notices again whose time has come; after the last attempt they wait for a person."""
    with transaction.atomic():
        due = FailedNotice.objects.filter(solved_at=None, next_try_at__lte=at).order_by("pk")
        failed = list(due.select_for_update(skip_locked=True)[:limit])
        if failed:
            sheet = Sheet(at=at, own=templates())
            for row in failed:
                _retry_one(row, sheet, registry())


def _retry_one(row: FailedNotice, sheet: Sheet, notices: Registry) -> None:
    try:
        with transaction.atomic():
            notice = notices.by_name[row.notice]
            for fact in _facts(row.source, _event_rows(row)):
                write(notice, fact, sheet)
        row.solved_at, row.next_try_at = sheet.at, None
    except Exception as error:
        logger.exception("Notice %s of %s %s failed again", row.notice, row.source, row.event_id)
        row.attempts += 1
        row.error = _short(error)
        row.next_try_at = None if row.attempts >= MAX_ATTEMPTS else sheet.at + back_off(row.attempts)
    row.save(update_fields=["attempts", "error", "next_try_at", "solved_at"])


def _event_rows(row: FailedNotice) -> models.QuerySet:
    if row.source == "event":
        return DeadlineEvent.objects.filter(pk=row.event_id).select_related("deadline")
    return StateChange.objects.filter(pk=row.event_id)


def back_off(attempts: int) -> dt.timedelta:
    """Return the pause after so many attempts: a minute, doubled each time, at most six hours."""
    return min(dt.timedelta(minutes=2 ** (attempts - 1)), dt.timedelta(hours=6))


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
