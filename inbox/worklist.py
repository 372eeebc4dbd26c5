"""A person's work list: the open deadlines that they are to meet, ordered by how late they are.

Apps say in their `work.py` which rules fall to which roles and how a row reads:
`WORK = [WorkSource(rules=("hazards.verify",), roles=("town",), row=verify_row, related=("enterprise",))]`
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Model, Q, QuerySet, Value, When
from django.utils import timezone

from deadlines.models import Deadline, DeadlineState
from inbox.notices import declared
from regions.scope import Scope, ScopeEntry
from regions.selectors import names_of

# Rows of each group on the first page; the whole group stands on its own page.
GROUP_ROWS = {"late": 10, "today": 10, "week": 5, "later": 3}
SPLIT = """
SELECT degree, count(*), (array_agg(id ORDER BY due_at, id))[1:{most}]
FROM ({owed}) AS owed (id, due_at, degree) GROUP BY degree
"""
# Stand for the moment, midnight and the end of the week in a statement that is written once.
STAND_INS = tuple(dt.datetime(1, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3))
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
    fetched with, one query for all rows of a kind, and `reads` the fields that its rows need, where the targets have many
    more. `narrow(deadlines)` keeps those that fall to these roles,
    where the rule alone does not say so. It is asked once and for all, so it must not depend on the day, and looks
    at the deadline's own columns and at subqueries alone;
    `assigned(deadlines, user)` those that fall to this very person, known by key and by the bodies of their posts. With
    `anywhere` the assignment says it all: it reaches who is invited, or addressed, beyond what their posts show.
    `with_facts(targets, today)` adds to the targets what the rows say of them beyond their own fields.
    Most deadlines run by the rules of those that are `often` met.
    """

    rules: tuple[str, ...]
    roles: tuple[str, ...]
    row: Callable[[Deadline, Any, Any], WorkRow | None]
    related: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    narrow: Callable[[QuerySet], QuerySet] | None = None
    assigned: Callable[[QuerySet, Any], QuerySet] | None = None
    anywhere: bool = False
    often: bool = False
    with_facts: Callable[[QuerySet, dt.date], QuerySet] | None = None


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


@dataclass(frozen=True)
class Holder:
    """The person to whom work is assigned, told apart by all that a source may ask of them."""

    pk: int
    bodies: frozenset[int]
    person: Any = field(compare=False)

    @classmethod
    def of(cls, person: Any) -> Holder:
        """Return the person with the bodies of their posts of today."""
        return cls(person.pk, frozenset(p.organisation_id for p in person.posts if p.organisation_id), person)


@dataclass(frozen=True)
class Owed:
    """Whose work is looked at: what falls to these posts, or to an office of these `roles` within what the posts show.

    With a `holder`, of what is assigned to somebody only what is assigned to this person.
    """

    entries: tuple[ScopeEntry, ...]
    roles: frozenset[str] | None = None
    holder: Holder | None = None

    def deadlines(self) -> QuerySet[Deadline]:
        """Return the open deadlines."""
        return self.placed() | self.addressed()

    def placed(self) -> QuerySet[Deadline]:
        """Return those that lie within the posts: one condition for all sources that fall to the same posts."""
        falls: dict[tuple[ScopeEntry, ...], list[WorkSource]] = defaultdict(list)
        for source in sources():
            held = self._held(source)
            if held and not self._reaches_anywhere(source):
                falls[held].append(source)
        whole = Deadline.objects.none()
        for held, found in falls.items():
            whole |= Deadline.objects.open().visible_to(Viewer(Scope(held))).filter(self._falls_by(found))
        return whole

    def addressed(self) -> QuerySet[Deadline]:
        """Return those that reach the person wherever they lie."""
        whole = Deadline.objects.none()
        for source in sources():
            if self._held(source) and self._reaches_anywhere(source):
                rows = Deadline.objects.open().filter(rule__in=source.rules)
                whole |= source.assigned(rows, self.holder.person)
        return whole

    def _falls_by(self, found: Sequence[WorkSource]) -> Case:
        """Return the condition of these sources, rule by rule, those that most deadlines run by at the beginning.

        Alternatives joined by OR would each be tried on every deadline of the place, which are tens of thousands.
        """
        ways: dict[str, list[WorkSource]] = defaultdict(list)
        for source in sorted(found, key=lambda source: not source.often):
            for rule in source.rules:
                ways[rule].append(source)
        rules: dict[tuple[WorkSource, ...], list[str]] = defaultdict(list)
        for rule, way in ways.items():
            rules[tuple(way)].append(rule)
        cases = [When(rule__in=each, then=self._any_of(way)) for way, each in rules.items()]
        return Case(*cases, default=Value(False), output_field=BooleanField())

    def _any_of(self, way: Sequence[WorkSource]) -> Any:
        """Return the condition under which a deadline of the same rules falls by one of these sources."""
        conditions = [self._condition(source) for source in way]
        return Value(True) if None in conditions else reduce(or_, conditions)

    def _condition(self, source: WorkSource) -> Q | None:
        """Return what the source asks of a deadline beyond its rules, or None; of subqueries perhaps, never of joins."""
        rows = source.narrow(Deadline.objects.all()) if source.narrow else Deadline.objects.all()
        if self.holder and source.assigned:
            rows = source.assigned(rows, self.holder.person)
        return Q(rows.query.where) if rows.query.where else None

    def _reaches_anywhere(self, source: WorkSource) -> bool:
        return bool(self.holder and source.assigned and source.anywhere)

    def _held(self, source: WorkSource) -> tuple[ScopeEntry, ...]:
        """Return the posts to which work of the source falls."""
        if self.roles is None:
            return tuple(entry for entry in self.entries if entry.role in source.roles)
        return self.entries if self.roles.intersection(source.roles) else ()


def owed(entries: Iterable[ScopeEntry], *, person: Any = None) -> QuerySet[Deadline]:
    """Return open deadlines that fall to these posts; with `person`, only those assigned to nobody else."""
    return Owed(tuple(entries), holder=Holder.of(person) if person else None).deadlines()


def has_more_in_office(entries: Iterable[ScopeEntry], roles: Iterable[str]) -> bool:
    """Say whether the office can owe anything that does not already stand in the person's own list."""
    own, office = {entry.role for entry in entries}, set(roles)
    return any(
        office & set(source.roles) and (source.assigned or not own & set(source.roles))
        for source in sources()
    )


def grouped(deadlines: QuerySet[Deadline], at: dt.datetime) -> dict[str, QuerySet[Deadline]]:
    """Split by urgency: late, due today, due to the end of Sunday, later or standing still."""
    midnight, sunday = ends_of(at)
    running = deadlines.exclude(state=DeadlineState.PAUSED)
    return {
        "late": running.filter(due_at__lte=at),
        "today": running.filter(due_at__gt=at, due_at__lte=midnight),
        "week": running.filter(due_at__gt=max(at, midnight), due_at__lte=sunday),
        "later": deadlines.filter(Q(due_at__gt=sunday) | Q(state=DeadlineState.PAUSED)),
    }


def ends_of(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Return when the day and when the week of a moment are over."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return midnight, midnight + dt.timedelta(days=6 - local.weekday())


@dataclass(frozen=True)
class Part:
    """One degree of urgency: how many deadlines, and the keys of the first of them."""

    number: int = 0
    first: tuple[int, ...] = ()


def split(owed: Owed, at: dt.datetime) -> dict[str, Part]:
    """Return the groups of `grouped` in numbers, with the keys of their first rows, by one pass over what is owed.

    To tell whose a deadline is costs most of the page; four counts and four first pages would tell it eight times.
    """
    moments = dict(zip(STAND_INS, (at, *ends_of(at)), strict=True))
    statement, given = _split_statement(owed, sources())
    if not statement:
        return {name: Part() for name in GROUP_ROWS}
    with connection.cursor() as cursor:
        cursor.execute(statement, [moments[v] if isinstance(v, dt.datetime) else v for v in given])
        found = {degree: Part(number, tuple(first)) for degree, number, first in cursor.fetchall()}
    return {name: found.get(name, Part()) for name in GROUP_ROWS}


@lru_cache(maxsize=512)
def _split_statement(owed: Owed, _sources: tuple[WorkSource, ...]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement as text and its parameters, with stand-ins for the moments; no text where nothing can be owed.

    For one person's posts it is the same from page to page, and takes longer to put together than to be answered. What
    reaches the person anywhere is asked apart, so that the index of the place answers for all the rest.
    """
    now, midnight, sunday = STAND_INS
    code = Case(
        When(state=DeadlineState.PAUSED, then=Value("later")),
        When(due_at__lte=now, then=Value("late")),
        When(due_at__lte=midnight, then=Value("today")),
        When(due_at__lte=sunday, then=Value("week")),
        default=Value("later"),
    )
    parts, given = [], []
    for rows in (owed.placed(), owed.addressed()):
        told = rows.order_by().annotate(degree=code).values_list("pk", "due_at", "degree")
        with suppress(EmptyResultSet):
            sql, values = told.query.sql_with_params()
            parts.append(sql)
            given.extend(values)
    return SPLIT.format(owed=" UNION ".join(parts), most=max(GROUP_ROWS.values())) if parts else "", tuple(
        given
    )


def first_lines(split: dict[str, Part], *, user: Any, at: dt.datetime) -> dict[str, list[Line]]:
    """Return the first rows of each group by one query, and their targets by one query per kind."""
    keys = [key for code, part in split.items() for key in part.first[: GROUP_ROWS[code]]]
    rows = Deadline.objects.in_bulk(keys)
    found = lines([rows[key] for key in keys if key in rows], user=user, with_places=True)
    groups: dict[str, list[Line]] = {code: [] for code in split}
    for line in found:
        groups[group_of(line.deadline, at)].append(line)
    return groups


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


def lines(
    deadlines: Sequence[Deadline], *, user: Any, with_places: bool = False, only_seen: bool = False
) -> list[Line]:
    """Return the rows of these deadlines; the targets of one kind are fetched together.

    A list of work about many parties asks for their places. Where the work is not this person's own, `only_seen` leaves
    out what is about a record that they may not see, such as a visit that is not announced.
    """
    targets = _targets(deadlines, seen_by=user if only_seen else None)
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


def _targets(deadlines: Iterable[Deadline], *, seen_by: Any = None) -> dict[tuple[int, int], Model]:
    wanted: dict[int, set[int]] = defaultdict(set)
    rules: dict[int, set[str]] = defaultdict(set)
    for deadline in deadlines:
        wanted[deadline.target_type_id].add(deadline.target_id)
        rules[deadline.target_type_id].add(deadline.rule)
    found: dict[tuple[int, int], Model] = {}
    for type_id, ids in wanted.items():
        told = [source for source in sources() if rules[type_id].intersection(source.rules)]
        model = ContentType.objects.get_for_id(type_id).model_class()
        rows = model._default_manager.visible_to(seen_by) if seen_by else model._base_manager.all()
        rows = _read_for(rows, told)
        found.update({(type_id, pk): obj for pk, obj in rows.in_bulk(ids).items()})
    return found


def _read_for(rows: QuerySet, told: Sequence[WorkSource]) -> QuerySet:
    """Return the records with all that these sources say of them: the fields that they name, if every one of them does."""
    related = sorted({name for source in told for name in source.related})
    rows = rows.select_related(*related) if related else rows
    for add in dict.fromkeys(source.with_facts for source in told if source.with_facts):
        rows = add(rows, timezone.localdate())
    if not told or not all(source.reads for source in told):
        return rows
    return rows.only(*sorted({name for source in told for name in source.reads}))
