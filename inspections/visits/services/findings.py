"""What a visit finds at an enterprise becomes a hazard: one record, entered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from enterprises.models import Enterprise
from hazards.models import Hazard
from hazards.services import record_finding
from inspections.choices import ReferenceRole, Result
from inspections.models import CheckItem, Finding, Visit
from inspections.visits.rules import entitled_posts
from inspections.visits.selectors import items_of
from inspections.visits.services.answering import refuse, write_answer

# An item says how it should be; the hazard is that it is not. Hazards stand in documents, which are Chinese.
NOT_MET = "未落实：{}"
LONGEST_PROBLEM = 500
LONGEST_BASIS = 300


@transaction.atomic
def find_hazard(
    visit: Visit,
    *,
    facts: Mapping[str, Any],
    item: CheckItem | None = None,
    enterprise: Enterprise | None = None,
    photos: Sequence[int] = (),
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Hazard:
    """Record a hazard that the visit found, from an item that is not met or freely; return the hazard.

    Category, grade, criterion and legal basis are the item's unless `facts` say otherwise; the source is that of the
    kind. `enterprise` is named only by a supervision of government, which has none of its own. The item is answered as
    not met. Raises Visit.DoesNotExist out of scope, PermissionDenied for whoever does not carry the visit out,
    WrongState once it is finished, ValidationError for an item that the visit does not ask.
    """
    row = locked(visit, by)
    if item is not None and not items_of(row).filter(pk=item.pk).exists():
        raise ValidationError(_("The visit does not ask this item."))
    place = found_at(row, enterprise, by)
    about = {
        **(facts_of(item) if item else {}),
        **{name: value for name, value in facts.items() if value not in (None, "")},
        "source": row.kind_of.source,
        "device_time": device_time,
    }
    hazard = record_finding(place, facts=about, photos=photos, by=by, at=at, key=key)
    Finding.objects.get_or_create(hazard=hazard, defaults={"visit": row, "item": item})
    if item is not None:
        fail(row, item, by=by, at=at, device_time=device_time)
    return hazard


def locked(visit: Visit, by: User) -> Visit:
    """Hold the visit while something is added; it is under way, and the person carries it out."""
    rows = Visit.objects.visible_to(by).select_related("enterprise").select_for_update(of=("self",))
    row = rows.get(pk=visit.pk)
    if not entitled_posts(row, by, "inspections.answer"):
        raise PermissionDenied
    if row.state != "under_way":
        refuse(row)
    return row


def found_at(visit: Visit, enterprise: Enterprise | None, by: User) -> Enterprise:
    """Return where the hazard is: at the enterprise visited, or at one seen while a body was looked at."""
    if visit.enterprise is not None:
        if enterprise is not None and enterprise.pk != visit.enterprise_id:
            raise ValidationError({"enterprise": _("The visit looks at another enterprise.")})
        return visit.enterprise
    if enterprise is None:
        raise ValidationError({"enterprise": _("Say at which enterprise the hazard is.")})
    return Enterprise.objects.visible_to(by).get(pk=enterprise.pk)


def facts_of(item: CheckItem) -> dict[str, Any]:
    """Return what an item says of the hazard that its failing is."""
    return {
        "category": item.category,
        "grade": item.grade,
        "criterion": item.criterion,
        "description": NOT_MET.format(item.content)[:LONGEST_PROBLEM],
        "legal_basis": basis_of(item),
    }


def basis_of(item: CheckItem) -> str:
    """Write the articles on which an item rests, as documents name them."""
    rows = item.references.filter(role=ReferenceRole.BASIS).select_related("law")
    named = [row.law.formal_name + row.place for row in rows]
    return "；".join(named)[:LONGEST_BASIS]


def fail(
    visit: Visit, item: CheckItem, *, by: User, at: datetime, device_time: datetime | None = None
) -> None:
    """See that the item is answered as not met; an answer that says so already stays as it is."""
    if visit.answers.filter(item=item, result=Result.FAIL).exists():
        return
    visit.answers.filter(item=item).delete()
    said = {
        "visit": visit.pk,
        "item": item.pk,
        "result": "fail",
        "note": "",
        "reason": "",
        "by": by.pk,
        "at": at,
    }
    write_answer({**said, "device_time": min(device_time, at) if device_time else None})
