"""Whom a self-check list tells: the town that accepts it, the enterprise that checks, the next level when nobody did."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from inbox.notices import Notice, Phone, Wording
from inspections.models import SelfCheckList

FIELDS = {"enterprise": "广饶砚池木业有限公司", "items": "36", "day": "03-20"}
LEVELS = {"town": (Role.TOWN, 9), "county": (Role.COUNTY, 6), "city": (Role.CITY, 4)}


def town(row: SelfCheckList, event: Any) -> Iterable[User]:
    """Return the people of the town, who accept lists."""
    return people_holding(Role.TOWN, row.region_id[:9], event.at)


def enterprise_side(row: SelfCheckList, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise, and its contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(row.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(row.enterprise.contact_phone, row.enterprise.contact_name)]


def next_level(row: SelfCheckList, event: Any) -> Iterable[User]:
    """Return the people of the level that the ladder has reached."""
    role, length = LEVELS[event.level]
    return people_holding(role, row.region_id[:length], event.at)


def values(row: SelfCheckList, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    deadline = getattr(event, "deadline", None)
    day = deadline.due_on if deadline else row.next_check_on
    return {
        "enterprise": row.enterprise.name,
        "items": row.item_count,
        "day": day.strftime("%m-%d") if day else "",
    }


def notice(
    on: str | tuple[str, ...], code: str, label: Any, title: Any, audience: Callable[..., Any], **more: Any
) -> Notice:
    """Return a notice about a self-check list."""
    wording = Wording(code=f"inspections.{code}", label=label, title=title, fields=FIELDS)
    return Notice(
        on=on,
        wording=wording,
        audience=audience,
        values=values,
        url=lambda row: row.get_absolute_url(),
        **more,
    )


def clock(rule: str, *moments: str) -> tuple[str, ...]:
    """Return the events of the clock of a rule."""
    return tuple(f"deadline:inspections.{rule}:{moment}" for moment in moments)


NOTICES = [
    notice(
        "inspections.submit_list",
        "list_submitted",
        _("Self-check list handed in"),
        _("{enterprise} handed in its self-check list, {items} items"),
        town,
    ),
    notice(
        "inspections.accept_list",
        "list_accepted",
        _("Self-check list accepted"),
        _("The self-check list of {enterprise} is in use; the first check is due by {day}"),
        enterprise_side,
    ),
    notice(
        "inspections.return_list",
        "list_returned",
        _("Self-check list returned"),
        _("The self-check list of {enterprise} was returned; the reason stands on its page"),
        enterprise_side,
    ),
    notice(
        clock("self_check", "warned", "due"),
        "self_check_due",
        _("Self-check due"),
        _("The self-check of {enterprise} is due by {day}, {items} items"),
        enterprise_side,
    ),
    notice(
        clock("self_check", "lapsed"),
        "self_check_lapsed",
        _("Self-check not done"),
        _("The self-check of {enterprise} was due on {day} and is not done"),
        enterprise_side,
        sms=True,
    ),
    notice(
        clock("self_check", "escalated"),
        "self_check_neglected",
        _("Self-check neglected"),
        _("{enterprise} has not done its self-check due on {day}"),
        next_level,
    ),
    notice(
        (*clock("compose_list", "escalated"), *clock("accept_list", "escalated")),
        "list_neglected",
        _("Self-check list neglected"),
        _("The self-check list of {enterprise} was to be ready by {day}"),
        next_level,
    ),
]
