"""Whom a visit tells. The inspected side hears of it when it is finished, never before."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from inbox.notices import Notice, Phone, Wording
from inspections.kinds import VisitKind
from inspections.models import Visit

FIELDS = {
    "target": "广饶砚池木业有限公司",
    "kind": "行政检查",
    "number": "JC370523202603100001",
    "day": "3月12日",
    "hazards": "2",
}
ROLES_OF_LEVEL = {
    "town": (Role.TOWN, 9),
    "county": (Role.COUNTY, 6),
    "city": (Role.CITY, 4),
    "leader": (Role.LEADER, 6),
}


def taking_part(visit: Visit, event: Any) -> Iterable[User]:
    """Return those who carry it out, without the one who did it."""
    return visit.people.filter(is_active=True).exclude(pk=getattr(event, "by_id", None))


def planner(visit: Visit, event: Any) -> Iterable[User]:
    """Return who takes part and who planned it."""
    people = {person.pk: person for person in taking_part(visit, event)}
    if visit.created_by and visit.created_by_id != getattr(event, "by_id", None):
        people[visit.created_by_id] = visit.created_by
    return people.values()


def enterprise_side(visit: Visit, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise that was looked at; of its own check it needs no word."""
    if visit.enterprise is None or visit.kind == VisitKind.SELF_CHECK:
        return []
    people = list(contacts_of_enterprise(visit.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(visit.enterprise.contact_phone, visit.enterprise.contact_name)]


def next_level(visit: Visit, event: Any) -> Iterable[User]:
    """Return the people of the level that the ladder has reached."""
    role, length = ROLES_OF_LEVEL[event.level]
    return people_holding(role, visit.region_id[:length], event.at)


def values(visit: Visit, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {
        "target": visit.target.name,
        "kind": visit.get_kind_display(),
        "number": visit.number,
        "day": visit.planned_on.strftime("%m-%d") if visit.planned_on else "",
        "hazards": visit.hazard_count,
    }


def page(visit: Visit) -> str:
    """Return the page the message opens."""
    return visit.get_absolute_url()


def notice(
    on: str | tuple[str, ...], code: str, label: Any, title: Any, audience: Callable[..., Any], **more: Any
) -> Notice:
    """Return a notice about a visit."""
    wording = Wording(code=f"inspections.{code}", label=label, title=title, fields=FIELDS)
    return Notice(on=on, wording=wording, audience=audience, values=values, url=page, **more)


def clock(rule: str, *moments: str) -> tuple[str, ...]:
    """Return the events of the clock of a rule."""
    return tuple(f"deadline:inspections.{rule}:{moment}" for moment in moments)


NOTICES = [
    notice(
        "inspections.plan_visit",
        "visit_planned",
        _("Visit planned"),
        _("{kind} of {target} on {day}: you take part"),
        taking_part,
    ),
    notice(
        "inspections.agree_over_cap",
        "visit_agreed",
        _("Inspection agreed to"),
        _("The inspection {number} of {target} may begin"),
        planner,
    ),
    notice(
        "inspections.cancel_visit",
        "visit_cancelled",
        _("Visit cancelled"),
        _("{kind} of {target} on {day} does not take place"),
        planner,
    ),
    notice(
        "inspections.finish_visit",
        "visit_finished",
        _("Visit finished"),
        _("{kind} of {target} is finished, {hazards} hazards found. The record is on its page."),
        enterprise_side,
    ),
    notice(
        clock("carry_out", "warned", "due"),
        "visit_due",
        _("Planned visit due"),
        _("{kind} of {target} is planned for {day}"),
        taking_part,
    ),
    notice(
        clock("finish", "lapsed"),
        "visit_open",
        _("Visit not finished"),
        _("{kind} of {target} is still under way; finish it"),
        taking_part,
    ),
    notice(
        (*clock("carry_out", "escalated"), *clock("finish", "escalated")),
        "visit_neglected",
        _("Visit neglected"),
        _("{kind} {number} of {target} was not carried out or finished in time"),
        next_level,
    ),
]
