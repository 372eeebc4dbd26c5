"""Whom a hazard tells, and in which words. A message never decides anything; it only says what happened."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from hazards.models import Hazard
from inbox.notices import Notice, Phone, Wording

ROLES_OF_LEVEL = {
    "town": (Role.TOWN,),
    "county": (Role.COUNTY, Role.OFFICER),
    "city": (Role.CITY,),
    "leader": (Role.LEADER,),
}
LENGTH_OF_LEVEL = {"town": 9, "county": 6, "leader": 6, "city": 4}
FIELDS = {
    "enterprise": "广饶砚池木业有限公司",
    "number": "YH370523202603100001",
    "problem": "灰斗法兰处积尘",
    "day": "3月20日",
}
Audience = Callable[[Hazard, Any], Iterable[User | Phone]]


def holders(hazard: Hazard, level: str, at: Any) -> Iterable[User]:
    """Return the people of the level in whose area the hazard lies."""
    return people_holding(ROLES_OF_LEVEL[level], hazard.region_id[: LENGTH_OF_LEVEL[level]], at)


def in_charge(hazard: Hazard, event: Any) -> Iterable[User]:
    """Return the regulators in whose hands the hazard lies now."""
    return holders(hazard, hazard.level_in_charge, event.at)


def enterprise_side(hazard: Hazard, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise, and its contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(hazard.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(hazard.enterprise.contact_phone, hazard.enterprise.contact_name)]


def next_level(hazard: Hazard, event: Any) -> Iterable[User]:
    """Return the people of the level that the ladder has reached."""
    return holders(hazard, event.level, event.at)


def city(hazard: Hazard, event: Any) -> Iterable[User]:
    """Return the people of the city bureau."""
    return holders(hazard, "city", event.at)


def both_sides(hazard: Hazard, event: Any) -> Iterable[User | Phone]:
    """Return the enterprise and the regulators in charge."""
    return [*enterprise_side(hazard, event), *in_charge(hazard, event)]


def values(hazard: Hazard, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    deadline = getattr(event, "deadline", None)
    day = localtime(deadline.due_at).date() if deadline else hazard.deadline_on
    return {
        "enterprise": hazard.enterprise.name,
        "number": hazard.number,
        "problem": Truncator(hazard.description).chars(20, truncate="…"),
        "day": deadline.due_on.strftime("%m-%d") if deadline else day.strftime("%m-%d") if day else "",
    }


def page(hazard: Hazard) -> str:
    """Return the page the message opens."""
    return hazard.get_absolute_url()


def notice(
    on: str | tuple[str, ...], code: str, label: Any, title: Any, audience: Audience, *, sms: bool = False
) -> Notice:
    """Return a notice whose words may use the fields that every message of a hazard has."""
    return Notice(
        on=on,
        wording=Wording(code=f"hazards.{code}", label=label, title=title, fields=FIELDS),
        audience=audience,
        values=values,
        url=page,
        sms=sms,
    )


def verbs(*names: str) -> tuple[str, ...]:
    """Return the events of these verbs."""
    return tuple(f"hazards.{name}" for name in names)


def clock(rule: str, *moments: str) -> tuple[str, ...]:
    """Return the events of the clock of a rule."""
    return tuple(f"deadline:hazards.{rule}:{moment}" for moment in moments)


HANDED_IN = verbs(
    "submit_rectification",
    "apply_for_review",
    "submit_plan",
    "request_extension",
    "change_plan",
    "ask_listing_extension",
)
RETURNED = verbs(
    "return_for_work",
    "return_plan",
    "return_change",
    "refuse_extension",
    "refuse_listing_extension",
    "reopen",
)
# Steps owed by the regulator or on the way to the plan: only the next level hears that one was neglected.
STEPS = ("accept", "plan", "review_plan", "decide_extension", "verify", "sample", "site_review")
GOVERNANCE = (
    "progress",
    "review_change",
    "listing",
    "publish_listing",
    "report_listing",
    "publish_delisting",
)
NEGLECTED = tuple(
    event for rule in (*STEPS, *GOVERNANCE, "decide_listing") for event in clock(rule, "escalated")
)

NOTICES = [
    notice(
        verbs("report"),
        "reported",
        _("Hazard reported"),
        _("{enterprise} reported a hazard: {problem}"),
        in_charge,
    ),
    notice(
        verbs("accept_report"),
        "accepted",
        _("Report accepted"),
        _("{number} is to be rectified by {day}: {problem}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        verbs("confirm_major"),
        "major",
        _("Confirmed as major"),
        _("{problem} is a major hazard. Hand in the governance plan of {number}."),
        enterprise_side,
        sms=True,
    ),
    notice(
        HANDED_IN,
        "handed_in",
        _("Enterprise handed in"),
        _("{enterprise} handed in on {number}: {problem}"),
        in_charge,
    ),
    notice(
        RETURNED,
        "returned",
        _("Returned"),
        _("{number} was returned for more work: {problem}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        verbs("grant_extension", "approve_plan", "approve_change", "grant_listing_extension"),
        "granted",
        _("Granted"),
        _("{number} was granted; the deadline is {day}."),
        enterprise_side,
    ),
    notice(
        verbs("urge"),
        "urged",
        _("Urged"),
        _("The regulator urges the rectification of {number}: {problem}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        verbs("list_for_supervision"),
        "listed",
        _("Listed for supervision"),
        _("{number} of {enterprise} is listed for supervision: {problem}"),
        both_sides,
        sms=True,
    ),
    notice(
        verbs("report_listing"),
        "listing_reported",
        _("Listing reported"),
        _("{number} of {enterprise} was listed for supervision: {problem}"),
        city,
    ),
    notice(
        verbs("delist"),
        "delisted",
        _("Taken off the list"),
        _("{number} of {enterprise} is off the supervision list: {problem}"),
        enterprise_side,
    ),
    notice(
        clock("progress", "warned", "lapsed"),
        "progress_due",
        _("Weekly report due"),
        _("Report the progress on {number} by {day}: {problem}"),
        enterprise_side,
    ),
    notice(
        clock("rectify", "warned", "due"),
        "due_soon",
        _("Deadline ahead"),
        _("{number} is to be rectified by {day}: {problem}"),
        enterprise_side,
        sms=True,
    ),
    notice(
        clock("rectify", "lapsed"),
        "overdue",
        _("Deadline passed"),
        _("{number} of {enterprise} has passed its deadline {day}: {problem}"),
        both_sides,
        sms=True,
    ),
    notice(
        clock("rectify", "escalated"),
        "climbed",
        _("Overdue hazard climbed"),
        _("{number} of {enterprise}, due {day}, is still not rectified: {problem}"),
        next_level,
        sms=True,
    ),
    notice(
        NEGLECTED,
        "neglected",
        _("Step overdue"),
        _("A step on {number} of {enterprise} is overdue since {day}."),
        next_level,
    ),
]
