"""The one way to do a verb: lock, check, write, move, put on record; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Post, User
from accounts.services import acting_post, may
from audit.context import acting
from audit.services import record
from deadlines import services as deadlines
from deadlines.rules import find
from lifecycle.conflicts import already_done, stale_form, wrong_state
from lifecycle.models import StateChange
from lifecycle.refusals import NotPermitted, Refusal, VerbRefused
from lifecycle.table import Lifecycle, Verb


@contextmanager
def perform(
    lifecycle: Lifecycle,
    verb: str,
    obj: Model,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
    version: int | None = None,
) -> Iterator[Any]:
    """Do a verb: give the caller the locked, fresh row to write on, then move it and put it on record.

    `by` is None only for the clock. `version` is the one the person was looking at. A row outside the
    person's scope raises DoesNotExist (404); a verb that cannot be taken raises VerbRefused. `data` may
    still be filled in the block. Whatever the block raises, nothing is left behind.
    """
    taken = lifecycle.verb(verb)
    with transaction.atomic(), acting(by, lifecycle.audit_verb(taken), at):
        row = _locked(obj, by)
        post = check(lifecycle, taken, row, by=by, at=at, version=version)
        if taken.needs_reason and not reason.strip():
            raise VerbRefused(Refusal(_("This step needs a reason.")))
        left = row.state
        for rule in lifecycle.clocks_to_settle(taken, left):
            deadlines.settle(row, rule, at=at)
        yield row
        _move(lifecycle, taken, row, at=at)
        deed = Deed(lifecycle, taken.name, left, by, at, post, reason, data or {})
        _put_on_record(deed, row)


def check(
    lifecycle: Lifecycle,
    verb: Verb,
    row: Any,
    *,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Post | None:
    """Raise VerbRefused unless the verb can be taken; return the post in which the person acts.

    The order decides which sentence the person reads. Whoever may not do it learns nothing of who did.
    """
    post = _permitting_post(lifecycle, verb, row, by)
    moved_on = version is not None and version != row.version
    misplaced = row.state not in verb.sources
    if moved_on or misplaced:
        already_done(verb, row, version)
    if moved_on:
        stale_form(row)
    if misplaced:
        wrong_state(lifecycle, verb, row)
    if refusal := verb.refusal(row, by, at):
        raise VerbRefused(refusal)
    return post


@transaction.atomic
def begin(
    lifecycle: Lifecycle,
    verb: str,
    obj: Any,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    data: dict[str, Any] | None = None,
    due_on: date | None = None,
) -> Any:
    """Save a new record in its initial state, start that state's clock, and put its making on record.

    Where the table has the verb its permission is asked for; where it does not, the caller has asked. `due_on` is the
    last day of a clock for which the rulebook holds no number.
    """
    made = lifecycle.find_verb(verb)
    with acting(by, f"{lifecycle.app_label}.{verb}", at):
        obj.state, obj.state_since, obj.version = lifecycle.initial, at, 1
        obj.save(force_insert=True)
        # After the insert, because the columns by which a post covers a record are made by the database.
        post = _permitting_post(lifecycle, made, obj, by) if made else None
        # No clock can run yet on what has come into being just now.
        _start_clocks(lifecycle.clocks_to_start_with(made), obj, at, due_on)
        _put_on_record(Deed(lifecycle, verb, "", by, at, post, reason, data or {}), obj)
    return obj


@dataclass(frozen=True)
class Deed:
    """What was done to a record, as it goes on record."""

    lifecycle: Lifecycle
    verb: str
    left: str
    by: User | None
    at: datetime
    post: Post | None
    reason: str
    data: Mapping[str, Any]

    @property
    def on_behalf_of(self) -> User | None:
        """The colleague in whose post the person acted, if it was not their own."""
        return self.post.user if self.post and self.by and self.post.user_id != self.by.pk else None


@dataclass(frozen=True)
class Offer:
    """A verb that a person may do to a record now, or may do but for what `refusal` says."""

    verb: Verb
    refusal: Refusal | None
    url: str


def offered(lifecycle: Lifecycle, obj: Any, by: User, at: datetime) -> list[Offer]:
    """Return the verbs that lead on from here and that the person may do, refused ones too."""
    found = []
    for verb in lifecycle.verbs_from(obj.state):
        if not may(by, lifecycle.permission(verb), obj):
            continue
        refusal = verb.refusal(obj, by, at)
        if refusal is None or not refusal.hides:
            url = reverse(lifecycle.audit_verb(verb).replace(".", ":"), args=[obj.pk])
            found.append(Offer(verb.named(obj), refusal, url))
    return found


@dataclass
class BulkResult:
    """What became of many rows: those done, and a sentence for each one skipped."""

    done: list[Any] = field(default_factory=list)
    skipped: list[tuple[Any, str]] = field(default_factory=list)


def bulk(
    service: Callable[..., Any], objs: Iterable[Any], *, by: User, at: datetime, **arguments: Any
) -> BulkResult:
    """Do one verb to many rows by the same service as to a single one; a row that refuses stops no other."""
    result = BulkResult()
    for obj in objs:
        try:
            with transaction.atomic():
                result.done.append(service(obj, by=by, at=at, **arguments))
        except (VerbRefused, ValidationError, ObjectDoesNotExist) as reason:
            result.skipped.append((obj, _sentence(reason)))
    return result


def _locked(obj: Any, by: User | None) -> Any:
    rows = type(obj)._default_manager
    visible = rows.all() if by is None else rows.visible_to(by)
    return visible.select_for_update(of=("self",)).get(pk=obj.pk)


def _permitting_post(lifecycle: Lifecycle, verb: Verb, row: Any, by: User | None) -> Post | None:
    """Return the post that allows the verb; the clock needs none, where the table lets it."""
    if by is None and verb.by_clock:
        return None
    if by is None:
        raise LookupError(
            f"{lifecycle.name}: the clock may not {verb.name!r}; the table does not say by_clock."
        )
    post = acting_post(by, lifecycle.permission(verb), row)
    if post is None:
        raise NotPermitted(Refusal(_("None of your posts allows this step here.")))
    return post


def _move(lifecycle: Lifecycle, verb: Verb, row: Any, *, at: datetime) -> None:
    """Put the row into the verb's target and see that the clocks that belong there run."""
    if verb.target is not None:
        row.state, row.state_since = verb.target, at
        if lifecycle.state(verb.target).terminal:
            # Nothing is owed any more; a forgotten clock would warn people about a closed record.
            deadlines.cancel(row, at=at, keep=verb.keeps)
    row.version += 1
    row.save()
    if rules := lifecycle.clocks_to_start(verb):
        # The caller may have started one until a given day.
        run = deadlines.running_rules(row, rules)
        _start_clocks([rule for rule in rules if rule not in run], row, at)


def _start_clocks(rules: list[str], row: Any, at: datetime, due_on: date | None = None) -> None:
    """Start clocks of which none is open on the row."""
    for rule in rules:
        given = None if find(rule).parameter else due_on
        deadlines.start_first(row, rule, at=at, due_on=given)


def _put_on_record(deed: Deed, row: Any) -> None:
    """Write the move for those who are to be told, and the audit entry for those who look back."""
    StateChange.objects.create(
        target=row,
        lifecycle=deed.lifecycle.name,
        verb=deed.verb,
        from_state=deed.left,
        to_state=row.state,
        version=row.version,
        at=deed.at,
        by=deed.by,
        on_behalf_of=deed.on_behalf_of,
        reason=deed.reason,
        data=dict(deed.data),
    )
    record(
        deed.by,
        f"{deed.lifecycle.app_label}.{deed.verb}",
        row,
        at=deed.at,
        reason=deed.reason,
        data=dict(deed.data),
        on_behalf_of=deed.on_behalf_of,
    )


def _sentence(reason: Exception) -> str:
    if isinstance(reason, ValidationError):
        return " ".join(reason.messages)
    if isinstance(reason, ObjectDoesNotExist):
        return _("This record cannot be found.")
    return str(reason)
