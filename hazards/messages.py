"""Whom a hazard tells, and in which words. A message never decides anything; it only says what happened."""

from collections.abc import Iterable, Mapping
from typing import Any

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
        "problem": hazard.description[:20],
        "day": deadline.due_on.strftime("%m-%d") if deadline else day.strftime("%m-%d") if day else "",
    }


def page(hazard: Hazard) -> str:
    """Return the page the message opens."""
    return hazard.get_absolute_url()


def wording(code: str, label: Any, title: Any, sms: Any = "") -> Wording:
    """Return a wording with the fields that every message of a hazard may use."""
    return Wording(code=f"hazards.{code}", label=label, title=title, fields=FIELDS, sms=sms)


NOTICES = [
    Notice(
        on="hazards.report",
        wording=wording("reported", _("Hazard reported"), _("{enterprise} reported a hazard: {problem}")),
        audience=in_charge,
        values=values,
        url=page,
    ),
    Notice(
        on="hazards.accept_report",
        wording=wording(
            "accepted", _("Report accepted"), _("{number} is to be rectified by {day}: {problem}")
        ),
        audience=enterprise_side,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on="hazards.confirm_major",
        wording=wording(
            "major",
            _("Confirmed as major"),
            _("{problem} is a major hazard. Hand in the governance plan of {number}."),
        ),
        audience=enterprise_side,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on=(
            "hazards.submit_rectification",
            "hazards.apply_for_review",
            "hazards.submit_plan",
            "hazards.request_extension",
        ),
        wording=wording(
            "handed_in", _("Enterprise handed in"), _("{enterprise} handed in on {number}: {problem}")
        ),
        audience=in_charge,
        values=values,
        url=page,
    ),
    Notice(
        on=("hazards.return_for_work", "hazards.return_plan", "hazards.refuse_extension", "hazards.reopen"),
        wording=wording("returned", _("Returned"), _("{number} was returned for more work: {problem}")),
        audience=enterprise_side,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on=("hazards.grant_extension", "hazards.approve_plan"),
        wording=wording("granted", _("Granted"), _("{number} was granted; the deadline is {day}.")),
        audience=enterprise_side,
        values=values,
        url=page,
    ),
    Notice(
        on="hazards.urge",
        wording=wording(
            "urged", _("Urged"), _("The regulator urges the rectification of {number}: {problem}")
        ),
        audience=enterprise_side,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on=("deadline:hazards.rectify:warned", "deadline:hazards.rectify:due"),
        wording=wording(
            "due_soon", _("Deadline ahead"), _("{number} is to be rectified by {day}: {problem}")
        ),
        audience=enterprise_side,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on="deadline:hazards.rectify:lapsed",
        wording=wording(
            "overdue",
            _("Deadline passed"),
            _("{number} of {enterprise} has passed its deadline {day}: {problem}"),
        ),
        audience=both_sides,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on="deadline:hazards.rectify:escalated",
        wording=wording(
            "climbed",
            _("Overdue hazard climbed"),
            _("{number} of {enterprise}, due {day}, is still not rectified: {problem}"),
        ),
        audience=next_level,
        values=values,
        url=page,
        sms=True,
    ),
    Notice(
        on=tuple(
            f"deadline:hazards.{rule}:escalated"
            for rule in (
                "accept",
                "plan",
                "review_plan",
                "decide_extension",
                "verify",
                "sample",
                "site_review",
            )
        ),
        wording=wording(
            "neglected", _("Step overdue"), _("A step on {number} of {enterprise} is overdue since {day}.")
        ),
        audience=next_level,
        values=values,
        url=page,
    ),
]
