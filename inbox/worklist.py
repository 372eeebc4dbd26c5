"""A person's work list: the open deadlines that they are to meet, ordered by how late they are.

Apps say in their `work.py` which rules fall to which roles and how a row reads:
`WORK = [WorkSource(rules=("hazards.verify",), roles=("town",), row=verify_row, related=("enterprise",))]`
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from deadlines.models import Deadline, DeadlineState
from inbox.notices import declared
from regions.scope import Scope, ScopeEntry
from regions.selectors import names_of

# Rows of each group on the first page; the whole group stands on its own page.
GROUP_ROWS = {"late": 15, "today": 15, "week": 15, "later": 5}
PAGE_ROWS = 50
COUNTY_DIGITS, TOWN_DIGITS = 6, 9


@dataclass(frozen=True)
class WorkRow:
    """One line of the list: the act in bold, the party, why in one grey line, the place, one next step.

    `next_url` is the page of the next step; without it the next step opens `url`. `verb` names the verb of
    the lifecycle that the step is.
    """

    label: Any
    party: str
    why: Any
    place: str
    url: str
    next_label: Any
    next_url: str = ""
    verb: str = ""

    @property
    def step_url(self) -> str:
        """Where the next step is taken."""
        return self.next_url or self.url


@dataclass(frozen=True)
class WorkSource:
    """Deadlines of `rules` that fall to people in `roles`.

    `row(deadline, target, user)` makes the line, or None to leave it out. `related` is what its targets are
    fetched with, one query for all rows of a kind. `narrow(deadlines)` keeps those that fall to these roles,
    where the rule alone does not say so; `assigned(deadlines, user)` those that fall to this very person.
    """

    rules: tuple[str, ...]
    roles: tuple[str, ...]
    row: Callable[[Deadline, Any, Any], WorkRow | None]
    related: tuple[str, ...] = ()
    narrow: Callable[[QuerySet], QuerySet] | None = None
    assigned: Callable[[QuerySet, Any], QuerySet] | None = None


@dataclass(frozen=True)
class Viewer:
    """Someone who sees exactly what these posts show, for `visible_to`."""

    scope: Scope
    is_active: bool = True


@dataclass(frozen=True)
class Line:
    """A row with its deadline, as the page shows it; `place` is named as far down as the person looks."""

    deadline: Deadline
    row: WorkRow
    place: str = ""


@cache
def sources() -> tuple[WorkSource, ...]:
    """Return what the apps declared in their `work.py`, read once."""
    return tuple(declared("work", "WORK"))


def owed(entries: Iterable[ScopeEntry], *, person: Any = None) -> QuerySet[Deadline]:
    """Return open deadlines that fall to these posts; with `person`, only those assigned to nobody else."""
    entries = tuple(entries)
    falls: dict[tuple[ScopeEntry, ...], QuerySet[Deadline]] = {}
    for source in sources():
        held = tuple(entry for entry in entries if entry.role in source.roles)
        if held:
            rows = _of_source(source)
            rows = source.assigned(rows, person) if person and source.assigned else rows
            falls[held] = falls[held] | rows if held in falls else rows
    return _within(falls)


def owed_by_office(entries: Iterable[ScopeEntry], roles: Iterable[str]) -> QuerySet[Deadline]:
    """Return open deadlines that fall to an office of these roles, within what the posts show."""
    entries, roles = tuple(entries), frozenset(roles)
    falls: dict[tuple[ScopeEntry, ...], QuerySet[Deadline]] = {}
    for source in sources():
        if entries and roles & set(source.roles):
            rows = _of_source(source)
            falls[entries] = falls[entries] | rows if entries in falls else rows
    return _within(falls)


def _of_source(source: WorkSource) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(rule__in=source.rules)
    return source.narrow(rows) if source.narrow else rows


def _within(falls: dict[tuple[ScopeEntry, ...], QuerySet[Deadline]]) -> QuerySet[Deadline]:
    """Return what of each is open and lies within its posts: asked once for all sources of the same posts."""
    whole = Deadline.objects.none()
    for held, rows in falls.items():
        whole |= Deadline.objects.open().visible_to(Viewer(Scope(held))) & rows
    return whole


def has_more_in_office(entries: Iterable[ScopeEntry], roles: Iterable[str]) -> bool:
    """Say whether the office can owe anything that does not already stand in the person's own list."""
    own, office = {entry.role for entry in entries}, set(roles)
    return any(
        office & set(source.roles) and (source.assigned or not own & set(source.roles))
        for source in sources()
    )


def grouped(deadlines: QuerySet[Deadline], at: dt.datetime) -> dict[str, QuerySet[Deadline]]:
    """Split by urgency: late, due today, due to the end of Sunday, later or standing still."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    sunday = midnight + dt.timedelta(days=6 - local.weekday())
    running = deadlines.exclude(state=DeadlineState.PAUSED)
    return {
        "late": running.filter(due_at__lte=at),
        "today": running.filter(due_at__gt=at, due_at__lte=midnight),
        "week": running.filter(due_at__gt=max(at, midnight), due_at__lte=sunday),
        "later": deadlines.filter(Q(due_at__gt=sunday) | Q(state=DeadlineState.PAUSED)),
    }


def first_lines(
    groups: dict[str, QuerySet[Deadline]], *, user: Any, at: dt.datetime
) -> dict[str, list[Line]]:
    """Return the first rows of each group by one query, and their targets by one query per kind."""
    heads = [rows.order_by("due_at", "pk")[: GROUP_ROWS[code]] for code, rows in groups.items()]
    whole = heads[0].union(*heads[1:], all=True).order_by("due_at", "id") if len(heads) > 1 else heads[0]
    found = lines(list(whole), user=user, with_places=True)
    split: dict[str, list[Line]] = {code: [] for code in groups}
    for line in found:
        split[group_of(line.deadline, at)].append(line)
    return split


def group_of(deadline: Deadline, at: dt.datetime) -> str:
    """Return the group of one deadline; the same rule as `grouped`, for rows already fetched."""
    local = timezone.localtime(at)
    days = (timezone.localtime(deadline.due_at - dt.timedelta(microseconds=1)).date() - local.date()).days
    if deadline.state == DeadlineState.PAUSED or days > 6 - local.weekday():
        return "later"
    if deadline.due_at <= at:
        return "late"
    return "today" if days <= 0 else "week"


def page_lines(rows: QuerySet[Deadline], *, user: Any, page: int) -> tuple[list[Line], bool]:
    """Return one page of a whole group, and whether there is a next one."""
    start = (page - 1) * PAGE_ROWS
    found = list(rows.order_by("due_at", "pk")[start : start + PAGE_ROWS + 1])
    return lines(found[:PAGE_ROWS], user=user, with_places=True), len(found) > PAGE_ROWS


def lines(deadlines: Sequence[Deadline], *, user: Any, with_places: bool = False) -> list[Line]:
    """Return the rows of these deadlines; the targets of one kind are fetched together.

    A list of work about many parties asks for their places.
    """
    targets = _targets(deadlines)
    places = _places(deadlines, user) if with_places else {}
    found = []
    for deadline in deadlines:
        target = targets.get((deadline.target_type_id, deadline.target_id))
        source = _source_of(deadline.rule, user)
        row = source.row(deadline, target, user) if source and target is not None else None
        if row is not None:
            found.append(Line(deadline, row, places.get(deadline.pk) or row.place))
    return found


def _places(deadlines: Sequence[Deadline], user: Any) -> dict[int, str]:
    """Name where the work lies for who watches over more than a town: the town, and for a city its county before it.

    A village means nothing to a county; a town's people know theirs, so to them the row names the place itself.
    """
    widest = min((len(entry.region) for entry in user.scope.entries if entry.region), default=TOWN_DIGITS)
    if widest >= TOWN_DIGITS or not deadlines:
        return {}
    paths = {}
    for deadline in deadlines:
        path = (deadline.county_code, deadline.town_code) if widest < COUNTY_DIGITS else (deadline.town_code,)
        paths[deadline.pk] = dict.fromkeys(code for code in path if code)
    names = names_of({code for path in paths.values() for code in path})
    return {pk: " ".join(names[code] for code in path if code in names) for pk, path in paths.items()}


def _source_of(rule: str, user: Any) -> WorkSource | None:
    """The source that words a rule for this person: the one for their role, else the first that knows it."""
    fitting = [source for source in sources() if rule in source.rules]
    roles = {entry.role for entry in user.scope.entries}
    return next((source for source in fitting if roles & set(source.roles)), next(iter(fitting), None))


def _targets(deadlines: Iterable[Deadline]) -> dict[tuple[int, int], Model]:
    wanted: dict[int, set[int]] = defaultdict(set)
    related: dict[int, set[str]] = defaultdict(set)
    for deadline in deadlines:
        wanted[deadline.target_type_id].add(deadline.target_id)
        for source in sources():
            if deadline.rule in source.rules:
                related[deadline.target_type_id].update(source.related)
    found: dict[tuple[int, int], Model] = {}
    for type_id, ids in wanted.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        rows = model._base_manager.select_related(*sorted(related[type_id])) if related[type_id] else None
        rows = model._base_manager.all() if rows is None else rows
        found.update({(type_id, pk): obj for pk, obj in rows.in_bulk(ids).items()})
    return found
