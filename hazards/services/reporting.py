"""A hazard enters the book: once, with number, place, clock and trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services import may
from attachments.services import attach
from deadlines.calendar import Unit
from enterprises.models import Enterprise
from hazards.choices import AXIS_OF, Axis, EntryMode
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.selectors import find_earlier_occurrence
from lifecycle.services import begin
from paperwork.services import next_record_number
from rulebook.services import parameter

# A record that the device made so long before it was sent waited for the network.
WAITED = timedelta(minutes=10)
HOURS_OF = {Unit.HOUR: 1, Unit.DAY: 24}


@transaction.atomic
def report(
    enterprise: Enterprise,
    *,
    facts: Mapping[str, Any],
    photos: Sequence[int] = (),
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Hazard:
    """Enter a hazard found at the enterprise and start the clock of its acceptance.

    `facts` are fields of Hazard; `found_at` defaults to `at`. `photos` are attachments of the reporter, taken
    before rectification. The same `key` sent twice is one hazard, whose record is returned again.
    Raises PermissionDenied when the reporter's post does not allow it at this enterprise (AWSL 41, 75).
    """
    if not may(by, "hazards.report", enterprise):
        raise PermissionDenied
    return enter("report", enterprise, facts=facts, photos=photos, by=by, at=at, key=key)


@transaction.atomic
def record_finding(
    enterprise: Enterprise,
    *,
    facts: Mapping[str, Any],
    photos: Sequence[int] = (),
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Hazard:
    """Enter a hazard that a visit found: like `report`, but entitled by taking part in the visit.

    The caller has asked whether the person takes part; an expert holds no post at the enterprise.
    """
    return enter("record_finding", enterprise, facts=facts, photos=photos, by=by, at=at, key=key)


def enter(
    verb: str,
    enterprise: Enterprise,
    *,
    facts: Mapping[str, Any],
    photos: Sequence[int],
    by: User,
    at: datetime,
    key: UUID | None,
) -> Hazard:
    """Enter a hazard once for its key, with number, clock and trail."""
    if earlier := find_by_key(key):
        return earlier
    facts = {"found_at": at, **facts}
    hazard = Hazard(
        enterprise=enterprise,
        region_id=enterprise.region_id,
        number=next_record_number("YH", enterprise.region_id, localdate(at)),
        axis=AXIS_OF.get(facts.get("category", ""), Axis.SITE),
        found_by=by,
        reported_at=at,
        entry_mode=entry_mode(
            facts["found_at"], facts.get("device_time"), at=at, region=enterprise.region_id
        ),
        recurrence_of=find_earlier_occurrence(enterprise, facts.get("description", ""), at=at),
        submission_key=key,
        **facts,
    )
    begin(HAZARD, verb, hazard, by=by, at=at)
    attach(photos, hazard, by=by)
    return hazard


def find_by_key(key: UUID | None) -> Hazard | None:
    """Return the hazard already entered with this submission key, waiting for one that is being entered now."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Hazard.objects.filter(submission_key=key).first()


def entry_mode(found_at: datetime, device_time: datetime | None, *, at: datetime, region: str) -> str:
    """Say how the record was made: on site, synced later, or typed in long after the fact."""
    if typed_in_later(found_at, at=at, region=region):
        return EntryMode.BACKFILLED
    if device_time and at - device_time > WAITED:
        return EntryMode.OFFLINE
    return EntryMode.ONLINE


def typed_in_later(moment: datetime, *, at: datetime, region: str) -> bool:
    """Say whether what reaches the server now was not recorded on site (VISIT_BACKFILL; handbook §7.9, §18 row 5)."""
    limit = parameter("VISIT_BACKFILL", on=localdate(at), region=region)
    return at - moment > timedelta(hours=int(limit.amount) * HOURS_OF[Unit(limit.unit)])
