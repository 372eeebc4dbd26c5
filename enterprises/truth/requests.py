"""Key facts that the enterprise asks to change, and the regulator's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.services import acting_post
from enterprises import identity
from enterprises.models import ChangeRequest, Enterprise, FactSource
from enterprises.truth.conflicts import after_change
from enterprises.truth.tables import CHANGE_REQUEST
from enterprises.truth.writing import holding, parsed, plain, write
from lifecycle.services import begin, perform

COUNTY = 6


def must_ask(enterprise: Enterprise, by: User) -> bool:
    """Say whether the person changes the file from the enterprise's side, and so asks for key facts to be changed."""
    post = acting_post(by, "enterprises.change", enterprise)
    return post is not None and post.role == Role.ENTERPRISE


def request_change(
    enterprise: Enterprise, *, facts: Mapping[str, Any], reason: str = "", by: User, at: datetime
) -> ChangeRequest:
    """Ask for key facts to be changed; `facts` are those that differ, and the file stays as it is until approved.

    The caller holds the row. Raises ValidationError while another request waits, for a code that has a file, and for a
    place in another district, which is a transfer.
    """
    if ChangeRequest.objects.filter(enterprise=enterprise, state="submitted").exists():
        raise ValidationError(
            _("A change of key facts is waiting for the regulator. Withdraw it before asking again.")
        )
    region = str(facts.get("region_id", enterprise.region_id))
    if region[:COUNTY] != enterprise.region_id[:COUNTY]:
        raise ValidationError(
            {"region": _("Another district takes over by a transfer, not by a correction.")}
        )
    if taken(enterprise, facts.get("uscc")):
        raise ValidationError({"uscc": _("An enterprise with this code is already on file.")})
    request = ChangeRequest(
        enterprise=enterprise,
        before=plain(enterprise, facts),
        after=identity.sealed(facts),
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    return begin(
        CHANGE_REQUEST, "request_change", request, by=by, at=at, reason=reason, data={"fields": sorted(facts)}
    )


def taken(enterprise: Enterprise, uscc: str | None) -> bool:
    """Say whether another file has the code."""
    return bool(uscc) and Enterprise.objects.exclude(pk=enterprise.pk).filter(uscc=uscc).exists()


def approve_change(
    request: ChangeRequest, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> ChangeRequest:
    """Write the change into the file; the facts count as confirmed by registration.

    The file is locked first, so that what the guard reads is what is written over. Raises VerbRefused when the file no
    longer says what it said when the change was asked for, ValidationError when the code has got another file since.
    """
    with (
        holding(request.enterprise_id) as enterprise,
        perform(CHANGE_REQUEST, "approve_change", request, by=by, at=at, reason=note, version=version) as row,
    ):
        facts = identity.whole(parsed(row.after))
        write(enterprise, facts, at=at)
        row.enterprise = enterprise
        decide(row, note=note, by=by, at=at)
        after_change(enterprise, facts, by=by, at=at, source=FactSource.REGISTRATION)
    return row


def return_change(
    request: ChangeRequest, *, reason: str, by: User, at: datetime, version: int | None = None
) -> ChangeRequest:
    """Send the request back with a reason; the file stays as it is."""
    with perform(
        CHANGE_REQUEST, "return_change", request, by=by, at=at, reason=reason, version=version
    ) as row:
        decide(row, note=reason, by=by, at=at)
    return row


def withdraw_change(
    request: ChangeRequest, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> ChangeRequest:
    """Take the request back before it was answered."""
    with perform(
        CHANGE_REQUEST, "withdraw_change", request, by=by, at=at, reason=note, version=version
    ) as row:
        decide(row, note=note, by=by, at=at)
    return row


def decide(row: ChangeRequest, *, note: str, by: User, at: datetime) -> None:
    """Write the answer on the request."""
    row.decided_by, row.decided_at, row.decision_note = by, at, note[:500]
