"""The home page's desk: whose work is shown, how much there is, and the words that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Delegation, Post
from deadlines.models import Deadline
from inbox import worklist
from inbox.counting import CAP, counts
from inbox.figures import Figure, figures
from inbox.models import Message
from regions.scope import ScopeEntry

MINE, OFFICE = "mine", "office"


@dataclass
class Tab:
    """One way to look at the work: one's own, the office's, that of somebody who is away."""

    code: str
    label: str
    deadlines: QuerySet[Deadline]
    number: str = ""


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
    """All that the home page shows."""

    tabs: list[Tab]
    current: Tab
    groups: list[Group]
    figures: list[Figure]
    title: str
    unread: int


def desk_of(user: Any, *, tab: str, at: dt.datetime) -> Desk:
    """Return the person's desk; all its numbers come from one query, its rows from another."""
    tabs = tabs_of(user, at)
    current = next((each for each in tabs if each.code == tab), tabs[0])
    split = worklist.grouped(current.deadlines, at)
    facts = figures(user, at)
    news = Message.objects.visible_to(user).unread()
    others = [each for each in tabs if each is not current]
    numbers = iter(
        counts([*(each.deadlines for each in others), *split.values(), *(fact.rows for fact in facts), news])
    )
    for each in others:
        each.number = shown(next(numbers))
    totals = {code: next(numbers) for code in split}
    # The groups are all that stands in the open tab, each row in one of them.
    current.number = shown(sum(totals.values()))
    for fact in facts:
        fact.number = shown(next(numbers))
    return Desk(tabs, current, _groups(split, totals, user, at), facts, headline(totals), next(numbers))


def _groups(split: dict[str, QuerySet], totals: dict[str, int], user: Any, at: dt.datetime) -> list[Group]:
    owed = {code: rows for code, rows in split.items() if totals[code]}
    found = worklist.first_lines(owed, user=user, at=at) if owed else {}
    labels = group_labels()
    return [Group(code, labels[code], totals[code], found[code]) for code in split if totals[code]]


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
    tabs = [Tab(MINE, _("Mine"), worklist.owed(entries, person=user))]
    roles = _roles_of_office(own, today)
    if worklist.has_more_in_office(entries, roles):
        tabs.append(Tab(OFFICE, _("My office"), worklist.owed_by_office(entries, roles)))
    lent = [post for post in user.posts if post.user_id != user.pk]
    return [*tabs, *_tabs_on_behalf(user, lent, today)]


def _entries(user: Any, posts: Iterable[Post]) -> list[ScopeEntry]:
    held = {post.pk for post in posts}
    return [entry for entry in user.scope.entries if entry.post_id in held]


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
        tabs.append(Tab(f"for-{pk}", words, worklist.owed(entries, person=giver)))
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
