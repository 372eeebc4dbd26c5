"""A visit begins, after a leader agreed where one must; or it does not take place."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import EnforcementCertificate, User
from hazards.services.reporting import entry_mode
from inspections.models import Participant, Visit
from inspections.visits.cap import wait_for_turn
from inspections.visits.lifecycle import VISIT, certified, within_cap
from inspections.visits.positions import Position, place
from inspections.visits.rules import certified_officers
from inspections.visits.selectors import items_of
from lifecycle.refusals import VerbRefused
from lifecycle.services import perform


@transaction.atomic
def start_visit(
    visit: Visit,
    *,
    position: Position | None = None,
    started_at: datetime | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Visit:
    """Begin a planned visit; `started_at` is given when it is typed in after the fact.

    Raises VerbRefused without the certified officers that the kind asks for (APL 42), beyond the yearly cap, or for a
    post that does not carry out this kind; ValidationError for a beginning that lies ahead.
    """
    wait_for_turn(visit)
    with perform(VISIT, "start_visit", visit, by=by, at=at, version=version) as row:
        row.started_at = started_at or at
        if row.started_at > at:
            raise ValidationError({"started_at": _("The moment lies in the future.")})
        row.started_by, row.device_started_at = by, device_time
        row.entry_mode = entry_mode(row.started_at, device_time, at=at, region=row.region_id)
        row.item_count = items_of(row).count()
        place(row, position, by=by, at=at)
        if not row.kind_of.certified:
            lead = not row.participants.filter(is_lead=True).exists()
            Participant.objects.get_or_create(visit=row, user=by, defaults={"is_lead": lead})
        keep_certificates(row)
        # The guards have asked about today; what is typed in later was made by who was certified on its day, and counts
        # in its year.
        if refusal := certified(row, by, row.started_at) or within_cap(row, by, row.started_at):
            raise VerbRefused(refusal)
    return row


def keep_certificates(visit: Visit) -> None:
    """Write beside each officer of the visit the certificate that is valid on its day; who only assists has none here."""
    if visit.started_at is None:
        return
    valid = EnforcementCertificate.objects.valid_on(localdate(visit.started_at))
    number = valid.filter(user=OuterRef("user")).order_by("-valid_to").values("number")[:1]
    officers = visit.participants.filter(user__in=certified_officers(visit, visit.started_at))
    visit.participants.update(certificate_number="")
    officers.update(certificate_number=Coalesce(Subquery(number), Value("")))


def agree_over_cap(visit: Visit, *, reason: str, by: User, at: datetime, version: int | None = None) -> Visit:
    """Agree to an inspection beyond the yearly cap, or to one for a case, with the reason (国办发〔2024〕54号)."""
    with perform(VISIT, "agree_over_cap", visit, by=by, at=at, reason=reason, version=version) as row:
        row.over_cap_by, row.over_cap_reason = by, reason.strip()[:300]
    return row


def cancel_visit(
    visit: Visit, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Visit:
    """Call a visit off, with the reason; one that has found something is finished instead."""
    with perform(VISIT, "cancel_visit", visit, by=by, at=at, reason=reason, version=version) as row:
        pass
    return row
