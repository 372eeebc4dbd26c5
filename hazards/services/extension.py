"""The enterprise asks for a later day; the regulator answers."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from deadlines.services import extend, running
from hazards.lifecycle import HAZARD
from hazards.models import ExtensionRequest, Hazard
from lifecycle.services import perform


def request_extension(
    hazard: Hazard,
    *,
    requested_on: date,
    reason: str,
    interim_control: str,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Ask for a later rectification day, with the reason and what keeps people safe meanwhile."""
    with perform(HAZARD, "request_extension", hazard, by=by, at=at, reason=reason, version=version) as row:
        if requested_on <= row.deadline_on:
            raise ValidationError({"requested_on": _("The new day must be later than the present deadline.")})
        ExtensionRequest.objects.create(
            hazard=row,
            reason=reason,
            interim_control=interim_control,
            old_deadline_on=row.deadline_on,
            requested_on=requested_on,
            asked_by=by,
            asked_at=at,
        )
        row.interim_control = interim_control
    return row


def grant_extension(
    hazard: Hazard,
    *,
    granted_on: date,
    note: str = "",
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Grant the extension until a day that is not later than the one asked for."""
    with perform(HAZARD, "grant_extension", hazard, by=by, at=at, reason=note, version=version) as row:
        request = row.extensions.get(granted=None)
        if not request.old_deadline_on < granted_on <= request.requested_on:
            raise ValidationError(
                {
                    "granted_on": _(
                        "The day must lie after the present deadline and not after the day asked for."
                    )
                }
            )
        decide(request, granted=True, granted_on=granted_on, reason=note, by=by, at=at)
        row.deadline_on = granted_on
        row.extended_count += 1
        extend(running(row, "hazards.rectify"), due_on=granted_on, by=by, at=at, reason=request.reason)
    return row


def refuse_extension(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Refuse the extension with a reason; the old day stands."""
    with perform(HAZARD, "refuse_extension", hazard, by=by, at=at, reason=reason, version=version) as row:
        decide(row.extensions.get(granted=None), granted=False, granted_on=None, reason=reason, by=by, at=at)
    return row


def decide(
    request: ExtensionRequest,
    *,
    granted: bool,
    granted_on: date | None,
    reason: str,
    by: User | None,
    at: datetime,
) -> None:
    """Write the answer on the request."""
    request.granted = granted
    request.granted_on = granted_on
    request.decision_reason = reason
    request.decided_by = by
    request.decided_at = at
    request.save()
