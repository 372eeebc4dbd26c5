"""Whom a paper tells that it ends, and on whose work list it stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.selectors import contacts_of_enterprise, people_holding
from deadlines.models import Deadline
from deadlines.rules import Rule, Step
from enterprises.ledgers.clocks import VALIDITY
from enterprises.ledgers.registry import of_row
from enterprises.ledgers.soon import WARNINGS
from enterprises.models import LedgerRow
from inbox.notices import Notice, Phone, Wording
from inbox.worklist import WorkRow, WorkSource

TOWN_DIGITS, COUNTY_DIGITS = 9, 6
# Handbook §3.7: 90, 60, 30 and 0 days before the end, unless the city has set others.
LEDGER_RULES = [
    Rule(
        VALIDITY,
        gettext_lazy("Renew before it ends"),
        parameter=None,
        warn_parameters=WARNINGS,
        ladder=(Step("county"),),
    )
]
FIELDS = {
    "enterprise": "广饶砚池木业有限公司",
    "ledger": "资质证照",
    "paper": "安全生产许可证 （鲁）WH安许证字〔2023〕050012号",
    "day": "2026-06-30",
}


def enterprise_side(row: LedgerRow, event: Any) -> Iterable[User | Phone]:
    """Return the safety officers of the enterprise, and its contact's phone when none of them has one."""
    people = list(contacts_of_enterprise(row.enterprise_id, event.at))
    if any(person.phone for person in people):
        return people
    return [*people, Phone(row.enterprise.contact_phone, row.enterprise.contact_name)]


def town_of(row: LedgerRow, event: Any) -> Iterable[User]:
    """Return the people of the town in which the enterprise lies."""
    return people_holding((Role.TOWN,), row.region_id[:TOWN_DIGITS], event.at)


def county_of(row: LedgerRow, event: Any) -> Iterable[User]:
    """Return the people of the county in which the enterprise lies."""
    return people_holding((Role.COUNTY, Role.OFFICER), row.region_id[:COUNTY_DIGITS], event.at)


def values(row: LedgerRow, event: Any) -> Mapping[str, Any]:
    """Return what the words may name."""
    return {
        "enterprise": row.enterprise.name,
        "ledger": str(of_row(row).title),
        "paper": str(row),
        "day": event.deadline.due_on.isoformat(),
    }


def notice(
    moments: tuple[str, ...], code: str, label: Any, title: Any, audience: Any, *, sms: bool
) -> Notice:
    """Return a notice of the clock of papers."""
    return Notice(
        on=tuple(f"deadline:{VALIDITY}:{moment}" for moment in moments),
        wording=Wording(code=f"enterprises.{code}", label=label, title=title, fields=FIELDS),
        audience=audience,
        values=values,
        url=lambda row: reverse("enterprises:ledger", args=[row.enterprise_id, row.CODE]),
        sms=sms,
    )


LEDGER_NOTICES = [
    notice(
        ("warned", "due"),
        "paper_ends",
        gettext_lazy("Paper ends soon"),
        gettext_lazy("{paper} is valid until {day}. Renew it in time."),
        enterprise_side,
        sms=True,
    ),
    notice(
        ("warned", "due"),
        "paper_ends_here",
        gettext_lazy("Paper of an enterprise ends soon"),
        gettext_lazy("{enterprise}: {paper} is valid until {day}."),
        town_of,
        sms=False,
    ),
    notice(
        ("lapsed",),
        "paper_ended",
        gettext_lazy("Paper has ended"),
        gettext_lazy("{enterprise}: {paper} was valid until {day} and has not been renewed."),
        lambda row, event: [*enterprise_side(row, event), *town_of(row, event)],
        sms=True,
    ),
    notice(
        ("escalated",),
        "paper_ended_above",
        gettext_lazy("Paper of an enterprise has ended"),
        gettext_lazy("{enterprise}: {paper} was valid until {day} and has not been renewed."),
        county_of,
        sms=False,
    ),
]


def renew_row(deadline: Deadline, row: LedgerRow, user: User) -> WorkRow:
    """The enterprise's duty: to renew; the town's, once it is late: to see to it."""
    ledger = of_row(row)
    return WorkRow(
        label=_("Renew before it ends"),
        party=row.enterprise.name,
        why=f"{ledger.title} · {row}",
        place=row.enterprise.region.name,
        url=reverse("enterprises:ledger", args=[row.enterprise_id, ledger.code]),
        next_label=_("Enter the renewal"),
        next_url=reverse("enterprises:ledger_add", args=[row.enterprise_id, ledger.code]),
    )


RELATED = ("enterprise", "enterprise__region")
LEDGER_WORK = [
    WorkSource(rules=(VALIDITY,), roles=(Role.ENTERPRISE,), row=renew_row, related=RELATED),
    WorkSource(
        rules=(VALIDITY,),
        roles=(Role.TOWN,),
        row=renew_row,
        related=RELATED,
        narrow=lambda deadlines: deadlines.filter(state="breached"),
    ),
]
