"""Every write to an enterprise's self-check list that matters: one function, one verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from deadlines import services as deadlines
from enterprises.models import Enterprise
from inspections.choices import Result
from inspections.kinds import VisitKind
from inspections.models import (
    CheckItem,
    Edition,
    EditionLine,
    PatrolStop,
    SelfCheckLine,
    SelfCheckList,
    Visit,
)
from inspections.risk import longest_cycle
from inspections.self_checks.clock import RULE, hand_clock_on, start_clock
from inspections.self_checks.lifecycle import SELF_CHECK_LIST
from inspections.self_checks.selectors import going_check
from inspections.visits.positions import Position
from inspections.visits.services import answer_rest, finish_visit, open_visit
from lifecycle.conflicts import wrong_state
from lifecycle.services import begin, perform
from rulebook.models import Mark

IN_WORK = ("draft", "submitted")
# What an enterprise writes of its own item.
FACTS = ("section", "content", "methods", "category", "grade")
ASSIGNED = ("place", "responsible", "level")


@transaction.atomic
def compose_list(
    enterprise: Enterprise, *, editions: Iterable[Edition] = (), by: User, at: datetime
) -> SelfCheckList:
    """Begin the next list of an enterprise: with the lines of the one in use, and with the items of these checklists.

    The cycle proposed is the longest that its risk allows. Raises Enterprise.DoesNotExist out of scope, NotPermitted
    without a post at the enterprise, ValidationError while another list is being worked on.
    """
    held = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).get(pk=enterprise.pk)
    if held.self_check_lists.filter(state__in=IN_WORK).exists():
        raise ValidationError(_("Another list of this enterprise is being worked on."))
    number = (held.self_check_lists.aggregate(last=Max("number"))["last"] or 0) + 1
    cycle = longest_cycle(held, on=localdate(at))
    row = SelfCheckList(enterprise=held, number=number, cycle_days=cycle, created_at=at)
    begin(SELF_CHECK_LIST, "compose_list", row, by=by, at=at)
    if last := held.self_check_lists.filter(state="accepted").first():
        copy_lines(last, row)
    append(row, items_of_editions(editions))
    count_lines(row)
    return row


def copy_lines(last: SelfCheckList, row: SelfCheckList) -> None:
    """Copy the lines of the list in use: an item reworded since comes in its newest wording, one retired does not."""
    lines = list(last.lines.select_related("item").order_by("position"))
    newest = newest_wordings([line.item for line in lines])
    taken: dict[int, SelfCheckLine] = {}
    for line in lines:
        item = newest[line.item_id]
        if item is not None and item not in taken:
            taken[item] = SelfCheckLine(
                list=row,
                item_id=item,
                position=len(taken) + 1,
                **{name: getattr(line, name) for name in ASSIGNED},
            )
    SelfCheckLine.objects.bulk_create(taken.values())


def newest_wordings(items: Sequence[CheckItem]) -> dict[int, int | None]:
    """Return for each item the one that stands for it now; None where it was retired and nothing took its place."""
    found: dict[int, int | None] = {item.pk: item.pk for item in items if item.retired_at is None}
    ahead = {item.pk: item.pk for item in items if item.retired_at is not None}
    while ahead:
        rows = CheckItem.objects.filter(replaces__in=set(ahead.values()), published_at__isnull=False)
        after = {row.replaces_id: row for row in rows}
        for first, current in list(ahead.items()):
            later = after.get(current)
            if later is not None and later.retired_at is not None:
                ahead[first] = later.pk
                continue
            found[first] = later.pk if later else None
            del ahead[first]
    return found


def items_of_editions(editions: Iterable[Edition]) -> list[int]:
    """Return the items of checklists in use, in their order, each once, without what was retired since."""
    keys = [edition.pk for edition in editions]
    lines = EditionLine.objects.filter(edition__in=keys, edition__state="published", item__retired_at=None)
    found: dict[int, None] = {}
    for key in keys:
        of_this = lines.filter(edition=key).order_by("position").values_list("item_id", flat=True)
        found.update(dict.fromkeys(of_this))
    return list(found)


def append(row: SelfCheckList, items: Sequence[int]) -> int:
    """Put items at the end of a list; return how many were not there yet."""
    there = set(row.lines.values_list("item_id", flat=True))
    new = [item for item in items if item not in there]
    last = row.lines.aggregate(last=Max("position"))["last"] or 0
    SelfCheckLine.objects.bulk_create(
        [SelfCheckLine(list=row, item_id=item, position=last + place) for place, item in enumerate(new, 1)]
    )
    return len(new)


def count_lines(row: SelfCheckList) -> None:
    """Keep the number of lines with the list."""
    row.item_count = row.lines.count()
    row.save(update_fields=["item_count"])


@contextmanager
def editing(
    row: SelfCheckList, verb: str, *, by: User, at: datetime, data: Mapping[str, Any]
) -> Iterator[SelfCheckList]:
    """Hold the draft while its lines change, and put the change on record.

    Raises SelfCheckList.DoesNotExist out of scope, PermissionDenied for whoever does not belong to the enterprise,
    WrongState for a list that is no draft.
    """
    with transaction.atomic(), acting(by, f"inspections.{verb}", at):
        rows = SelfCheckList.objects.visible_to(by).select_related("enterprise")
        held = rows.select_for_update(of=("self",)).get(pk=row.pk)
        if not may(by, "inspections.compose_list", held):
            raise PermissionDenied
        if held.state != "draft":
            wrong_state(SELF_CHECK_LIST, SELF_CHECK_LIST.verb("submit_list"), held)
        yield held
        count_lines(held)
        record(by, f"inspections.{verb}", held, at=at, data=dict(data))


def take_list_items(
    row: SelfCheckList,
    *,
    items: Sequence[CheckItem] = (),
    editions: Sequence[Edition] = (),
    by: User,
    at: datetime,
) -> int:
    """Put items of the library, or whole checklists, into the draft; return how many were not there yet."""
    if any(item.owner_id or item.retired_at or not item.published_at for item in items):
        raise ValidationError(_("Only items of the library that are in use can be taken over."))
    keys = [*(item.pk for item in items), *items_of_editions(editions)]
    with editing(row, "take_list_items", by=by, at=at, data={"items": len(keys)}) as held:
        return append(held, keys)


def write_own_item(row: SelfCheckList, *, facts: Mapping[str, Any], by: User, at: datetime) -> CheckItem:
    """Write an item that the library does not have, for this enterprise alone. `facts` are the fields in FACTS."""
    with editing(row, "write_own_item", by=by, at=at, data={}) as held:
        serial = held.enterprise.own_items.count() + 1
        item = CheckItem(
            **{name: facts[name] for name in FACTS if name in facts},
            code=f"Z-{held.enterprise_id}-{serial}",
            owner_id=held.enterprise_id,
            mark=Mark.DEFAULT,
            published_at=at,
            created_at=at,
        )
        item.full_clean(exclude=["criterion", "replaces"])
        item.save()
        append(held, [item.pk])
    return item


def assign_lines(
    row: SelfCheckList,
    *,
    lines: Sequence[int],
    place: str = "",
    responsible: str = "",
    level: str = "",
    by: User,
    at: datetime,
) -> int:
    """Say of these lines (their keys) where, by whom and at which level they are checked; what is empty stays."""
    said = {"place": place.strip(), "responsible": responsible.strip(), "level": level}
    changes = {name: value for name, value in said.items() if value}
    if not changes:
        raise ValidationError(_("Say where, by whom, or at which level."))
    with editing(row, "assign_lines", by=by, at=at, data={"lines": len(lines), **changes}) as held:
        return held.lines.filter(pk__in=lines).update(**changes)


def remove_lines(row: SelfCheckList, *, lines: Sequence[int], by: User, at: datetime) -> int:
    """Take these lines (their keys) out of the draft; return how many."""
    with editing(row, "remove_lines", by=by, at=at, data={"lines": len(lines)}) as held:
        return held.lines.filter(pk__in=lines).delete()[0]


def submit_list(
    row: SelfCheckList, *, cycle_days: int | None = None, by: User, at: datetime, version: int | None = None
) -> SelfCheckList:
    """Hand the list in for acceptance, with the days from one check to the next.

    Raises VerbRefused for an empty list, ValidationError for checks rarer than the risk allows (handbook §5.6).
    """
    with perform(SELF_CHECK_LIST, "submit_list", row, by=by, at=at, version=version) as held:
        held.cycle_days = agreed_cycle(held, cycle_days or held.cycle_days, at=at)
        held.submitted_at, held.submitted_by = at, by
        held.returned_reason = ""
    return held


def agreed_cycle(row: SelfCheckList, days: int, *, at: datetime) -> int:
    """Return the cycle; raise ValidationError when it is rarer than the risk of the enterprise allows."""
    longest = longest_cycle(row.enterprise, on=localdate(at))
    if days < 1:
        raise ValidationError({"cycle_days": _("At least one day.")})
    if days > longest:
        words = _("By its risk this enterprise checks itself at least every %(days)d days.")
        raise ValidationError({"cycle_days": words % {"days": longest}})
    return days


def accept_list(row: SelfCheckList, *, by: User, at: datetime, version: int | None = None) -> SelfCheckList:
    """Accept the list: it takes the place of the one before, and owes what that one owed; a first list begins to owe."""
    with perform(SELF_CHECK_LIST, "accept_list", row, by=by, at=at, version=version) as held:
        held.cycle_days = min(held.cycle_days, longest_cycle(held.enterprise, on=localdate(at)))
        before = held.enterprise.self_check_lists.filter(state="accepted").first()
        held.accepted_at, held.accepted_by = at, by
        if before is None:
            start_clock(held, at=at)
        else:
            hand_clock_on(before, held, at=at)
            supersede(before, held, at=at)
    return held


def supersede(before: SelfCheckList, by_list: SelfCheckList, *, at: datetime) -> None:
    """Put the list before out of use."""
    data = {"list": by_list.number}
    with perform(SELF_CHECK_LIST, "supersede_list", before, by=None, at=at, data=data) as old:
        old.next_check_on = None


def return_list(
    row: SelfCheckList, *, reason: str, by: User, at: datetime, version: int | None = None
) -> SelfCheckList:
    """Send the list back to the enterprise, with the reason."""
    with perform(SELF_CHECK_LIST, "return_list", row, by=by, at=at, reason=reason, version=version) as held:
        held.returned_reason = reason.strip()[:500]
    return held


def one_at_a_time(row: SelfCheckList | PatrolStop) -> None:
    """Let two devices begin one after the other, so that the second goes on with what the first began."""
    name = f"{row._meta.label}:{row.pk}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [name])


@transaction.atomic
def begin_self_check(
    row: SelfCheckList,
    *,
    position: Position | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Visit:
    """Begin to check by the list in use, or go on with the check that somebody has begun and not finished."""
    one_at_a_time(row)
    if going := going_check(row, by):
        return going
    return open_visit(
        row.enterprise,
        kind=VisitKind.SELF_CHECK,
        self_check_list=row,
        position=position,
        device_time=device_time,
        by=by,
        at=at,
        key=key,
    )


@transaction.atomic
def report_all_well(
    row: SelfCheckList,
    *,
    position: Position | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Visit:
    """Check by the list with one tap: all items comply, nothing was found. Every answer is marked as given at once.

    "Nothing found" is an answer that is recorded and later weighed (handbook §5.6). What was answered before on a check
    under way stays; if something there is not met, the check is finished item by item.
    """
    one_at_a_time(row)
    if key and (sent := Visit.objects.visible_to(by).filter(submission_key=key, state="finished").first()):
        return sent
    given = {"position": position, "device_time": device_time}
    visit = begin_self_check(row, by=by, at=at, key=key, **given)
    if key and visit.submission_key != key:
        # A check begun before is ended by this form, which may be sent again.
        Visit.objects.filter(pk=visit.pk).update(submission_key=key)
    answer_rest(visit, result=Result.PASS, by=by, at=at, device_time=device_time)
    return finish_visit(visit, outcome="nothing", device_time=device_time, by=by, at=at)


@transaction.atomic
def count_check(visit: Visit, *, at: datetime) -> bool:
    """Let a finished self-check settle the clock, and start the next one; say whether it counted.

    It counts when nothing of the list was left unchecked, the list is still the one in use, and no later check is known:
    one that is typed in afterwards takes nothing back.
    """
    rows = SelfCheckList.objects.select_related("enterprise").select_for_update(of=("self",))
    row = rows.filter(pk=visit.self_check_list_id, state="accepted").first()
    if row is None or visit.answers.filter(result=Result.NOT_CHECKED).exists():
        return False
    made_at = visit.ended_at or at
    if row.last_check_at and row.last_check_at >= made_at:
        return False
    row.last_check_at = made_at
    deadlines.settle(row, RULE, at=at)
    start_clock(row, at=at, since=made_at)
    row.save(update_fields=["last_check_at", "next_check_on"])
    return True
