"""Notices of the market regulator that need a person: whom they tell, and on whose work list they stand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.selectors import people_holding
from deadlines.models import Deadline
from enterprises.models import Registration, Waiting
from enterprises.registrations import TOWN_DIGITS, level_to_decide
from enterprises.truth.messages import ANSWERS
from inbox.notices import Notice, Wording
from inbox.worklist import WorkRow, WorkSource

COUNTY_DIGITS = 6
RULE = "enterprises.decide_registration"
FIELDS = {"enterprise": "广饶砚池木业有限公司", "what": "注销登记", "why": "档案仍在册"}


def deciders(notice: Registration, event: Any) -> Iterable[User]:
    """Return the people of the level that decides; nobody for a notice that was taken over by itself."""
    if notice.state != "waiting":
        return ()
    role, digits = ANSWERS[level_to_decide(notice)]
    return people_holding(role, notice.region_id[:digits], event.at)


def county_above(notice: Registration, event: Any) -> Iterable[User]:
    """Return the people of the county, whom an overdue step reaches."""
    return people_holding(Role.COUNTY, notice.region_id[:COUNTY_DIGITS], event.at)


def county_left(notice: Registration, event: Any) -> Iterable[User]:
    """Return the people of the county in which the file still lies, when the registry says that it moved away."""
    if notice.state != "waiting" or notice.why != Waiting.MOVED or notice.enterprise is None:
        return ()
    return people_holding(Role.COUNTY, notice.enterprise.county_code, event.at)


def values(notice: Registration, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {
        "enterprise": notice.name,
        "what": notice.get_kind_display(),
        "why": notice.get_why_display(),
    }


def told(
    on: str, code: str, label: Any, title: Any, audience: Callable[..., Iterable[User]], url: Any = None
) -> Notice:
    """Return a notice about a notice of the registry; it opens the page of that notice, if nothing else is named."""
    wording = Wording(code=f"enterprises.{code}", label=label, title=title, fields=FIELDS)
    return Notice(
        on=on, wording=wording, audience=audience, values=values, url=url or Registration.get_absolute_url
    )


REGISTRATION_NOTICES = [
    told(
        "enterprises.push_registration",
        "registration_waits",
        gettext_lazy("Notice of the registry waits"),
        gettext_lazy("The registry reports of {enterprise}: {what}. It needs you: {why}."),
        deciders,
    ),
    told(
        "enterprises.push_registration",
        "registration_moved",
        gettext_lazy("Moved away by the registry"),
        gettext_lazy("By the registry {enterprise} lies in another county. Hand its file over."),
        county_left,
        # The other county's notice is none of theirs; the file is.
        url=lambda notice: notice.enterprise.get_absolute_url() if notice.enterprise else "",
    ),
    told(
        f"deadline:{RULE}:escalated",
        "registration_neglected",
        gettext_lazy("Notice of the registry overdue"),
        gettext_lazy("Nobody has decided on the notice about {enterprise}: {what}."),
        county_above,
    ),
]


def decide_row(deadline: Deadline, notice: Registration, user: User) -> WorkRow:
    """A notice that waits for a person."""
    return WorkRow(
        label=_("Decide on a notice of the registry"),
        party=notice.name,
        why=f"{notice.get_kind_display()} · {notice.get_why_display()}",
        place=notice.region.name,
        url=notice.get_absolute_url(),
        next_label=_("Decide"),
    )


def decided_by(*levels: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps notices on which these levels decide; the same rule as `level_to_decide`."""
    supervised = Q(enterprise__supervision_level__in=levels)
    of_town = Q(enterprise=None) | Q(enterprise__supervision_level="town")
    placed = Q(digits__gte=TOWN_DIGITS)
    if "town" in levels:
        supervised = of_town & placed
    elif "county" in levels:
        supervised |= of_town & ~placed

    def narrow(deadlines: QuerySet) -> QuerySet:
        held = Registration.objects.waiting().annotate(digits=Length("region_id")).filter(supervised)
        return deadlines.filter(target_id__in=held.values("pk"))

    return narrow


def decide_at(role: str, *levels: str) -> WorkSource:
    """Return the work of one level."""
    return WorkSource(
        rules=(RULE,), roles=(role,), row=decide_row, related=("region",), narrow=decided_by(*levels)
    )


REGISTRATION_WORK = [
    decide_at(Role.TOWN, "town"),
    decide_at(Role.COUNTY, "county"),
    decide_at(Role.CITY, "city", "province"),
]
