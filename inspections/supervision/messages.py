"""Whom a supervision tells: the body when it is ordered or answered, the supervising side when it replies."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Role, User
from accounts.selectors import people_holding
from inbox.notices import Notice, Wording
from inspections.models import GovernmentOrder, Visit

FIELDS = {"body": "大王镇应急管理办公室", "agency": "广饶县应急管理局", "day": "03-25", "problems": "3"}
LEVELS = {"county": (Role.COUNTY, 6), "city": (Role.CITY, 4)}
ANSWERING = (Role.COUNTY, Role.TOWN, Role.DEPT)
DECIDING = (Role.CITY, Role.COUNTY, Role.LEADER)


def working_for(organisation: int | None, roles: Iterable[str], event: Any) -> Iterable[User]:
    """Return the people who hold such a post in the organisation, without the one who did it."""
    held = Post.objects.on(localdate(event.at)).filter(organisation=organisation, role__in=tuple(roles))
    rows = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return rows.exclude(pk=getattr(event, "by_id", None))


def body(order: GovernmentOrder, event: Any) -> Iterable[User]:
    """Return the people of the body that answer for it."""
    return working_for(order.visit.body_id, ANSWERING, event)


def supervisors(order: GovernmentOrder, event: Any) -> Iterable[User]:
    """Return those who carried the visit out and who issued the order."""
    people = {person.pk: person for person in order.visit.people.filter(is_active=True)}
    if order.issued_by:
        people[order.issued_by_id] = order.issued_by
    people.pop(getattr(event, "by_id", None), None)
    return people.values()


def next_level(order: GovernmentOrder, event: Any) -> Iterable[User]:
    """Return the people of the level that the ladder has reached."""
    role, length = LEVELS[event.level]
    return people_holding(role, order.region_id[:length], event.at)


def who_owes(visit: Visit, event: Any) -> Iterable[User]:
    """Return who carried the supervision out, and when it is neglected the next level."""
    if getattr(event, "level", ""):
        role, length = LEVELS[event.level]
        return people_holding(role, visit.region_id[:length], event.at)
    return visit.people.filter(is_active=True)


def of_visit(visit: Visit, event: Any) -> Mapping[str, Any]:
    """Return what the words about a supervision without its order may name."""
    return {
        "body": visit.target.name,
        "agency": visit.organisation.name if visit.organisation else "",
        "day": event.deadline.due_on.strftime("%m-%d"),
        "problems": visit.government_findings.count(),
    }


def values(order: GovernmentOrder, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    visit = order.visit
    return {
        "body": visit.body.name if visit.body else "",
        "agency": visit.organisation.name if visit.organisation else "",
        "day": order.due_on.strftime("%m-%d"),
        "problems": visit.government_findings.count(),
    }


def notice(
    on: str | tuple[str, ...], code: str, label: Any, title: Any, audience: Callable[..., Any]
) -> Notice:
    """Return a notice about an order."""
    wording = Wording(code=f"inspections.{code}", label=label, title=title, fields=FIELDS)
    return Notice(
        on=on, wording=wording, audience=audience, values=values, url=lambda order: order.get_absolute_url()
    )


def clock(rule: str, *moments: str) -> tuple[str, ...]:
    """Return the events of the clock of a rule."""
    return tuple(f"deadline:inspections.{rule}:{moment}" for moment in moments)


NOTICES = [
    notice(
        "inspections.issue_order",
        "order_issued",
        _("Order of a supervision"),
        _("{agency} found {problems} problems at {body}; reply by {day}"),
        body,
    ),
    notice(
        "inspections.reply_order",
        "order_replied",
        _("Reply to a supervision"),
        _("{body} replied to the order of the supervision"),
        supervisors,
    ),
    notice(
        "inspections.return_reply",
        "order_returned",
        _("Reply returned"),
        _("{agency} returned the reply of {body}; the reason stands on its page. Reply by {day}"),
        body,
    ),
    notice(
        "inspections.close_order",
        "order_closed",
        _("Order closed"),
        _("{agency} closed its order to {body}"),
        body,
    ),
    notice(
        clock("order_reply", "warned", "due", "lapsed"),
        "order_due",
        _("Reply due"),
        _("{body} is to reply to {agency} by {day}, {problems} problems"),
        body,
    ),
    notice(
        clock("order_review", "lapsed"),
        "order_review_late",
        _("Review of a reply overdue"),
        _("The reply of {body} waits for review"),
        supervisors,
    ),
    notice(
        (*clock("order_reply", "escalated"), *clock("order_review", "escalated")),
        "order_neglected",
        _("Supervision neglected"),
        _("The order of {agency} to {body}, due {day}, is not done with"),
        next_level,
    ),
    Notice(
        on=clock("issue_order", "warned", "lapsed", "escalated"),
        wording=Wording(
            code="inspections.order_owed",
            label=_("Order of a supervision owed"),
            title=_("{agency} found {problems} problems at {body}; the order is due"),
            fields=FIELDS,
        ),
        audience=who_owes,
        values=of_visit,
        url=lambda visit: visit.get_absolute_url(),
    ),
]
