"""Whom a change request and a conflict tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from enterprises.models import ChangeRequest, Conflict
from enterprises.truth.writing import field_of
from inbox.notices import Notice, Phone, Wording
from regions.words import listed

FIELDS = {"enterprise": "广饶砚池木业有限公司", "what": "生产经营地址"}
SEEN_FIELDS = {**FIELDS, "seen": "现场已停产"}
# The role that answers at each level of supervision, and how long its division code is.
ANSWERS = {
    "town": (Role.TOWN, 9),
    "county": (Role.COUNTY, 6),
    "city": (Role.CITY, 4),
    "province": (Role.CITY, 4),
}


def reviewers(change: ChangeRequest, event: Any) -> Iterable[User]:
    """Return the people of the level that supervises the enterprise."""
    role, length = ANSWERS[change.enterprise.supervision_level]
    return people_holding(role, change.region_id[:length], event.at)


def county(row: Any, event: Any) -> Iterable[User]:
    """Return the people of the county, whom an overdue step reaches."""
    return people_holding(Role.COUNTY, row.region_id[:6], event.at)


def town(conflict: Conflict, event: Any) -> Iterable[User]:
    """Return the people of the town, who find out what is right."""
    return people_holding(Role.TOWN, conflict.region_id[:9], event.at)


def enterprise_side(change: ChangeRequest, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise, and its contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(change.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(change.enterprise.contact_phone, change.enterprise.contact_name)]


def of_change(change: ChangeRequest, event: Any) -> Mapping[str, Any]:
    """Return what the words about a change may name."""
    labels = listed(field_of(name).verbose_name for name in change.after)
    return {"enterprise": change.enterprise.name, "what": Truncator(labels).chars(30, truncate="…")}


def of_conflict(conflict: Conflict, event: Any) -> Mapping[str, Any]:
    """Return what the words about a conflict may name."""
    seen = Truncator(conflict.seen).chars(30, truncate="…")
    return {"enterprise": conflict.enterprise.name, "what": str(conflict.what), "seen": seen}


def page(row: ChangeRequest | Conflict) -> str:
    """Return the page the message opens."""
    return row.get_absolute_url()


def about_change(on: str, code: str, label: Any, title: Any, audience: Any, *, sms: bool = False) -> Notice:
    """Return a notice about a change request."""
    wording = Wording(code=f"enterprises.{code}", label=label, title=title, fields=FIELDS)
    return Notice(on=on, wording=wording, audience=audience, values=of_change, url=page, sms=sms)


def about_conflict(on: str, code: str, label: Any, title: Any, audience: Any) -> Notice:
    """Return a notice about a conflict."""
    wording = Wording(code=f"enterprises.{code}", label=label, title=title, fields=SEEN_FIELDS)
    return Notice(on=on, wording=wording, audience=audience, values=of_conflict, url=page)


TRUTH_NOTICES = [
    about_change(
        "enterprises.request_change",
        "change_asked",
        _("Change of key facts asked for"),
        _("{enterprise} asks to change: {what}"),
        reviewers,
    ),
    about_change(
        "enterprises.approve_change",
        "change_approved",
        _("Change of key facts approved"),
        _("The change of {enterprise} is approved: {what}"),
        enterprise_side,
    ),
    about_change(
        "enterprises.return_change",
        "change_returned",
        _("Change of key facts returned"),
        _("The change of {enterprise} is returned: {what}"),
        enterprise_side,
        sms=True,
    ),
    about_change(
        "deadline:enterprises.review_change:escalated",
        "change_neglected",
        _("Change of key facts overdue"),
        _("Nobody has answered {enterprise}, which asks to change: {what}"),
        county,
    ),
    about_conflict(
        "enterprises.report_conflict",
        "conflict_reported",
        _("Conflict reported"),
        _("{enterprise}: the file and what was seen differ in {what}: {seen}"),
        town,
    ),
    about_conflict(
        "deadline:enterprises.resolve_conflict:escalated",
        "conflict_neglected",
        _("Conflict overdue"),
        _("{enterprise}: a conflict about {what} is overdue: {seen}"),
        county,
    ),
]
