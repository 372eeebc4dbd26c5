"""Whom a major hazard source tells, and in which words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from enterprises.models import SourceUnit
from enterprises.sources.copies.work import COPY_NOTICES
from inbox.notices import Notice, Phone, Wording
from rulebook.services import parameter

FIELDS = {
    "enterprise": "东营港棠川石化有限公司",
    "unit": "液氨罐区",
    "grade": "三级",
    "number": "BA370572〔2026〕001",
    "day": "2026-03-20",
    "reason": "缺平面布置图",
}
Audience = Callable[[SourceUnit, Any], Iterable[User | Phone]]


def enterprise_side(unit: SourceUnit, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise, and its contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(unit.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(unit.enterprise.contact_phone, unit.enterprise.contact_name)]


def county(unit: SourceUnit, event: Any) -> Iterable[User]:
    """Return the county bureau's people."""
    return people_holding((Role.COUNTY,), unit.region_id[:6], event.at)


def next_level(unit: SourceUnit, event: Any) -> Iterable[User]:
    """Return the people of the level that the ladder has reached."""
    if event.level == "city":
        return people_holding((Role.CITY,), unit.region_id[:4], event.at)
    return county(unit, event)


def city(unit: SourceUnit, event: Any) -> Iterable[User]:
    """Return the city bureau's people for a source of a grade of which the county copies the filing to them (O40)."""
    highest = parameter("MHS_COPY_CITY_GRADE", on=localdate(event.at), region=unit.region_id)
    if unit.grade is None or unit.grade > highest.amount:
        return ()
    return people_holding((Role.CITY,), unit.region_id[:4], event.at)


def both_sides(unit: SourceUnit, event: Any) -> Iterable[User | Phone]:
    """Return the enterprise and the county bureau."""
    return [*enterprise_side(unit, event), *county(unit, event)]


def values(unit: SourceUnit, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    deadline = getattr(event, "deadline", None)
    day = deadline.due_on if deadline else unit.next_review_on
    return {
        "enterprise": unit.enterprise.name,
        "unit": unit.name,
        "grade": unit.get_grade_display() or "",
        "number": unit.filing_number,
        "day": f"{day:%Y-%m-%d}" if day else "",
        "reason": getattr(event, "reason", "") or "",
    }


def notice(
    on: tuple[str, ...], code: str, label: Any, title: Any, audience: Audience, *, sms: bool = False
) -> Notice:
    """Return a notice whose words may use the fields that every message of a source has."""
    return Notice(
        on=on,
        wording=Wording(code=f"enterprises.source_{code}", label=label, title=title, fields=FIELDS),
        audience=audience,
        values=values,
        url=SourceUnit.get_absolute_url,
        sms=sms,
    )


def clock(moment: str, *rules: str) -> tuple[str, ...]:
    """Return the events of these clocks at the moment."""
    return tuple(f"deadline:enterprises.source_{rule}:{moment}" for rule in rules)


OWED = ("assess", "file", "reassess")
SOURCE_NOTICES = [
    *COPY_NOTICES,
    notice(
        ("enterprises.identify_source",),
        "identified",
        _("Major hazard source identified"),
        _("{unit} of {enterprise} is a major hazard source: {grade}."),
        both_sides,
    ),
    notice(
        ("enterprises.submit_source_filing",),
        "handed_in",
        _("Filing handed in"),
        _("{enterprise} handed in the filing of {unit}, {grade}."),
        county,
    ),
    notice(
        ("enterprises.return_source_filing",),
        "returned",
        _("Filing returned"),
        _("The filing of {unit} was returned: {reason}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        ("enterprises.file_source",),
        "filed",
        _("Put on file"),
        _("{unit} is on file under {number}; the next assessment is due by {day}."),
        enterprise_side,
    ),
    notice(
        ("enterprises.file_source",),
        "copied",
        _("Filing copied to the city"),
        _("{unit} of {enterprise}, {grade}, was put on file under {number}."),
        city,
    ),
    notice(
        ("enterprises.outdate_source",),
        "outdated",
        _("Assessment out of date"),
        _("{unit} of {enterprise} is to be assessed anew by {day}."),
        both_sides,
        sms=True,
    ),
    notice(
        ("enterprises.request_source_cancel",),
        "cancel_asked",
        _("Deregistration asked for"),
        _("{enterprise} asks for the deregistration of {unit}: {reason}"),
        county,
    ),
    notice(
        ("enterprises.grant_source_cancel",),
        "cancelled",
        _("Taken off the file"),
        _("{unit} was taken off the file of major hazard sources."),
        enterprise_side,
    ),
    notice(
        ("enterprises.refuse_source_cancel",),
        "cancel_refused",
        _("Deregistration refused"),
        _("The deregistration of {unit} was refused: {reason}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        (*clock("warned", *OWED), *clock("due", *OWED)),
        "due_soon",
        _("Step on a major hazard source ahead"),
        _("A step on the major hazard source {unit} is due by {day}."),
        enterprise_side,
        sms=True,
    ),
    notice(
        clock("lapsed", *OWED),
        "overdue",
        _("Step on a major hazard source overdue"),
        _("A step on {unit} of {enterprise} is overdue since {day}."),
        enterprise_side,
        sms=True,
    ),
    notice(
        clock("escalated", *OWED, "review", "cancel"),
        "neglected",
        _("Major hazard source neglected"),
        _("A step on the major hazard source {unit} of {enterprise} is overdue since {day}."),
        next_level,
    ),
]
