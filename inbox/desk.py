"""The home page's desk: whose work is shown, how much there is, and the words that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Delegation, Post, User
from inbox import worklist
from inbox.counting import CAP, counts
from inbox.figures import Figure, figures
from regions.scope import ScopeEntry

MINE, OFFICE = "mine", "office"


@dataclass
class Tab:
    """One way to look at the work: one's own, the office's, that of somebody who is away.

    What falls to whom is put together only for a tab that is opened or counted.
    """

    code: str
    label: str
    find: Callable[[], worklist.Owed]
    number: str = ""

    @cached_property
    def owed(self) -> worklist.Owed:
        """Whose work stands under this tab."""
        return self.find()


@dataclass
class Group:
    """One degree of urgency, with its rows and how many there are in all."""

    code: str
    label: str
    number: int
    lines: list[worklist.Line] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The number as it is written."""
        return shown(self.number)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than stand here."""
        return self.number > len(self.lines)


@dataclass
class Desk:
    """The work list of the home page: the open tab with its groups."""

    tabs: list[Tab]
    current: Tab
    groups: list[Group]
    title: str


@dataclass
class Surroundings:
    """What stands around the work list: figures of the place, and the tabs. Their numbers may come later."""

    tabs: list[Tab]
    current: Tab
    figures: list[Figure]
    is_counted: bool = False


def desk_of(user: Any, *, tab: str, at: dt.datetime) -> Desk:
    """Return the person's desk: its numbers come from one query, its rows from another."""
    tabs, current = opened(user, tab, at)
    split = worklist.split(current.owed, at)
    totals = {code: part.number for code, part in split.items()}
    # The groups are all that stands in the open tab, each row in one of them.
    current.number = shown(sum(totals.values()))
    found = worklist.first_lines(split, user=user, at=at)
    labels = group_labels()
    groups = [Group(code, labels[code], number, found[code]) for code, number in totals.items() if number]
    return Desk(tabs, current, groups, headline(totals))


def opened(user: Any, tab: str, at: dt.datetime) -> tuple[list[Tab], Tab]:
    """Return the person's tabs and the one asked for; their own where there is no such tab."""
    tabs = tabs_of(user, at)
    return tabs, next((each for each in tabs if each.code == tab), tabs[0])


def around(user: Any, desk: Desk, at: dt.datetime) -> Surroundings:
    """Return what stands around the desk, to be counted when the page stands."""
    return Surroundings(desk.tabs, desk.current, figures(user, at))


def counted_around(user: Any, *, tab: str, at: dt.datetime) -> Surroundings:
    """Return what stands around the desk with all its numbers, which one query gives."""
    tabs, current = opened(user, tab, at)
    facts = figures(user, at)
    rows = [*(each.owed.deadlines() for each in tabs), *(fact.rows() for fact in facts)]
    for part, number in zip([*tabs, *facts], counts(rows), strict=True):
        part.number = shown(number)
    return Surroundings(tabs, current, facts, is_counted=True)


def group_labels() -> dict[str, str]:
    """Return the headings of the groups."""
    return {
        "late": _("Late"),
        "today": _("Due today"),
        "week": _("This week"),
        "later": _("Later"),
    }


def tabs_of(user: Any, at: dt.datetime) -> list[Tab]:
    """Return the person's own work, the office's if it is more, and that of everybody they stand in for."""
    today = timezone.localdate(at)
    own = [post for post in user.posts if post.user_id == user.pk]
    entries = _entries(user, own)
    tabs = [Tab(MINE, _("Mine"), partial(assigned_to, user, entries))]
    roles = _roles_of_office(own, today)
    if worklist.has_more_in_office(entries, roles):
        tabs.append(Tab(OFFICE, _("My office"), partial(worklist.Owed, entries, frozenset(roles))))
    lent = [post for post in user.posts if post.user_id != user.pk]
    return [*tabs, *_tabs_on_behalf(user, lent, today)]


def assigned_to(person: User, entries: tuple[ScopeEntry, ...]) -> worklist.Owed:
    """Return what falls to these posts and is assigned to nobody but the person."""
    return worklist.Owed(entries, holder=worklist.Holder.of(person))


def _entries(user: Any, posts: Iterable[Post]) -> tuple[ScopeEntry, ...]:
    held = {post.pk for post in posts}
    return tuple(entry for entry in user.scope.entries if entry.post_id in held)


def _roles_of_office(posts: Iterable[Post], today: dt.date) -> set[str]:
    """Roles held today in the organisations of these posts."""
    offices = {post.organisation_id for post in posts if post.organisation_id}
    if not offices:
        return set()
    held = Post.objects.on(today).filter(organisation__in=offices)
    return set(held.order_by().values_list("role", flat=True).distinct())


def _tabs_on_behalf(user: Any, lent: list[Post], today: dt.date) -> list[Tab]:
    if not lent:
        return []
    givers = {post.user_id: post.user for post in lent}
    running = Delegation.objects.on(today).filter(receiver=user, giver__in=givers)
    until = dict(running.values_list("giver_id", "to_on"))
    tabs = []
    for pk, giver in givers.items():
        entries = _entries(user, [post for post in lent if post.user_id == pk])
        words = _("For %(name)s, until %(date)s") % {
            "name": giver.name,
            "date": f"{until[pk]:%m-%d}" if pk in until else "",
        }
        tabs.append(Tab(f"for-{pk}", words, partial(assigned_to, giver, entries)))
    return tabs


def shown(number: int) -> str:
    """Return a count as it is written: exact to ten thousand, then "10,000+"."""
    return f"{CAP:,}+" if number > CAP else f"{number:,}"


def headline(totals: dict[str, int]) -> str:
    """Return the title of the page: a sentence that is true of the numbers."""
    late, due, week, later = (totals.get(code, 0) for code in ("late", "today", "week", "later"))
    words = {"n": shown(late + due), "late": shown(late), "week": shown(week), "later": shown(later)}
    if late and due:
        text = ngettext(
            "%(n)s thing to do today, %(late)s of them already late",
            "%(n)s things to do today, %(late)s of them already late",
            late + due,
        )
    elif late:
        text = ngettext("%(late)s thing is already late", "%(late)s things are already late", late)
    elif due:
        text = ngettext("%(n)s thing is due today", "%(n)s things are due today", due)
    elif week:
        text = ngettext(
            "Nothing is due today, %(week)s thing this week",
            "Nothing is due today, %(week)s things this week",
            week,
        )
    elif later:
        text = ngettext(
            "Nothing is due this week, %(later)s thing later",
            "Nothing is due this week, %(later)s things later",
            later,
        )
    else:
        text = _("Nothing is waiting for you")
    return text % words
