"""Whom the life of a file tells."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from enterprises.models import Enterprise, Transfer
from inbox.notices import Notice, Phone, Wording

FIELDS = {
    "enterprise": "广饶砚池木业有限公司",
    "status": "自行停产停业",
    "reason": "订单不足",
    "day": "04-09",
}
PLACES = {"enterprise": "广饶砚池木业有限公司", "from": "广饶县", "to": "利津县", "reason": "厂区搬迁"}
Audience = Callable[[Any, Any], Iterable[User | Phone]]


def town(enterprise: Enterprise, event: Any) -> Iterable[User]:
    """Return the officers of the town in which the file lies."""
    return people_holding((Role.TOWN,), enterprise.region_id[:9], event.at)


def county(enterprise: Enterprise, event: Any) -> Iterable[User]:
    """Return the county's officers."""
    return people_holding((Role.COUNTY,), enterprise.region_id[:6], event.at)


def own_side(enterprise: Enterprise, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers, and the contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(enterprise.pk, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(enterprise.contact_phone, enterprise.contact_name)]


def both(enterprise: Enterprise, event: Any) -> Iterable[User | Phone]:
    """Return the enterprise and its town."""
    return [*own_side(enterprise, event), *town(enterprise, event)]


def receivers(transfer: Transfer, event: Any) -> Iterable[User]:
    """Return the officers of the county that is asked to take the file over."""
    return people_holding((Role.COUNTY,), transfer.region_id[:6], event.at)


def askers(transfer: Transfer, event: Any) -> Iterable[User]:
    """Return who asked."""
    return [transfer.asked_by]


def values(enterprise: Enterprise, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    deadline = getattr(event, "deadline", None)
    reason = Truncator(getattr(event, "reason", "")).chars(20, truncate="…")
    return {
        "enterprise": enterprise.name,
        "status": enterprise.get_operating_status_display(),
        "reason": reason or "—",
        "day": deadline.due_on.strftime("%m-%d") if deadline else "",
    }


def places(transfer: Transfer, event: Any) -> Mapping[str, Any]:
    """Return what the words about a transfer may name."""
    return {
        "enterprise": transfer.enterprise.name,
        "from": transfer.from_region.name,
        "to": transfer.region.name,
        "reason": Truncator(transfer.decision_reason or transfer.reason).chars(20, truncate="…"),
    }


def told(
    on: str | tuple[str, ...], code: str, label: Any, title: Any, to: Audience, sms: bool = False
) -> Notice:
    """Return a notice about a file."""
    about_transfer = to in (receivers, askers)
    wording = Wording(
        code=f"enterprises.{code}", label=label, title=title, fields=PLACES if about_transfer else FIELDS
    )
    return Notice(
        on=on,
        wording=wording,
        audience=to,
        values=places if about_transfer else values,
        url=lambda target: target.get_absolute_url(),
        sms=sms,
    )


def of(*names: str) -> tuple[str, ...]:
    """Return the events of these steps."""
    return tuple(f"enterprises.{name}" for name in names)


def late(*rules: str) -> tuple[str, ...]:
    """Return the moment at which the next level is told."""
    return tuple(f"deadline:enterprises.{rule}:escalated" for rule in rules)


LIFE_NOTICES = [
    told(
        of("ask_to_stop"),
        "stop_asked",
        _("Stop reported"),
        _("{enterprise} reports that it stops: {reason}. Look on site."),
        town,
    ),
    told(
        of("verify_stop", "verify_season"),
        "stop_verified",
        _("Stop confirmed"),
        _("The stop of {enterprise} is confirmed: {status}. Report before work is resumed."),
        own_side,
        sms=True,
    ),
    told(
        of("refuse_stop"),
        "stop_refused",
        _("Stop not confirmed"),
        _("The stop of {enterprise} is not confirmed: {reason}. All duties go on."),
        own_side,
        sms=True,
    ),
    told(
        of("suspend_ordered"),
        "stop_ordered",
        _("Ordered to stop"),
        _("{enterprise} is ordered to stop; it resumes only when the review on site agrees."),
        both,
        sms=True,
    ),
    told(
        of("approve_resumption"),
        "resumption_agreed",
        _("Agreed to resume"),
        _("{enterprise} may resume production; report it on the page of the file."),
        own_side,
        sms=True,
    ),
    told(
        of("resume", "start_trial", "start_normal", "reinstate"),
        "works_again",
        _("Works again"),
        _("{enterprise} is at work: {status}. All duties hold."),
        both,
    ),
    told(
        ("deadline:enterprises.season_end:warned", "deadline:enterprises.season_end:lapsed"),
        "season_ends",
        _("Seasonal stop ends"),
        _("The seasonal stop of {enterprise} ends on {day}. Report when work is resumed."),
        both,
        sms=True,
    ),
    told(
        late(
            "verify_stop",
            "recheck_stop",
            "season_end",
            "reach_officer",
            "verify_status",
            "verify_contact",
        ),
        "look_overdue",
        _("Look on site overdue"),
        _("The look at {enterprise} is overdue since {day}."),
        county,
    ),
    told(
        of("open_transfer"),
        "transfer_asked",
        _("File offered"),
        _("{from} asks {to} to take over {enterprise}: {reason}"),
        receivers,
    ),
    told(
        of("accept_transfer"),
        "transfer_accepted",
        _("File taken over"),
        _("{to} has taken over {enterprise}."),
        askers,
    ),
    told(
        of("refuse_transfer"),
        "transfer_refused",
        _("File not taken over"),
        _("{to} does not take over {enterprise}: {reason}"),
        askers,
    ),
]
