"""Reading self-check lists: their lines by section, the checks made by them, and what may be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from accounts.models import Role, User
from enterprises.models import Enterprise
from inspections.choices import Result
from inspections.kinds import VisitKind
from inspections.library.selectors import editions_for
from inspections.models import Edition, SelfCheckLine, SelfCheckList, Visit

SHOWN_CHECKS = 6


@dataclass(frozen=True)
class Section:
    """Lines of a list that belong together."""

    title: str
    lines: list[SelfCheckLine]


def sections_of(row: SelfCheckList) -> list[Section]:
    """Return the lines by the sections of their items, each section where its first line stands; one query."""
    lines = list(row.lines.select_related("item").defer("item__search_text").order_by("position", "pk"))
    places: dict[str, int] = {}
    for line in lines:
        places.setdefault(line.item.section, len(places))
    lines.sort(key=lambda line: places[line.item.section])
    return [
        Section(title, list(group)) for title, group in groupby(lines, key=lambda line: line.item.section)
    ]


def checks_by(row: SelfCheckList, user: User) -> QuerySet[Visit]:
    """Return the self-checks of the list's enterprise, the newest first, with how many answers came by one tap."""
    rows = Visit.objects.visible_to(user).filter(enterprise=row.enterprise_id, kind=VisitKind.SELF_CHECK)
    counted = rows.annotate(
        at_once=Count("answers", filter=Q(answers__at_once=True)),
        unchecked=Count("answers", filter=Q(answers__result=Result.NOT_CHECKED)),
    )
    return counted.order_by("-created_at", "-pk")


def own_enterprise(user: User) -> Enterprise | None:
    """Return the enterprise whose safety officer the person is; the first of several."""
    keys = [entry.enterprise_id for entry in user.scope.entries if entry.role == Role.ENTERPRISE]
    return Enterprise.objects.visible_to(user).filter(pk__in=keys).order_by("pk").first()


def fitting_editions(enterprise: Enterprise, on: date) -> list[Edition]:
    """Return the checklists in use that are proposed to the enterprise."""
    return list(editions_for(enterprise, on).filter(state="published"))


def going_check(row: SelfCheckList, user: User) -> Visit | None:
    """Return the check by this list that somebody has begun and not finished."""
    rows = Visit.objects.visible_to(user).filter(
        enterprise=row.enterprise_id, kind=VisitKind.SELF_CHECK, state="under_way", self_check_list=row
    )
    return rows.order_by("-started_at").first()


def whole(numbers: Sequence[str]) -> list[int]:
    """Return the keys among what a form sent; what is no key is left out."""
    return [int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) < 19]
