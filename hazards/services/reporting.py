"""A hazard enters the book: once, with number, place, clock and trail."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services import may
from attachments.services import attach
from enterprises.models import Enterprise
from hazards.choices import AXIS_OF, Axis, EntryMode
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.selectors import find_earlier_occurrence
from lifecycle.services import begin

# A record that reaches the server a day after the fact was not made on site (handbook §18, row 5).
BACKFILL_AFTER = timedelta(hours=24)


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
    if earlier := find_by_key(key):
        return earlier
    facts = {"found_at": at, **facts}
    hazard = Hazard(
        enterprise=enterprise,
        region_id=enterprise.region_id,
        number=next_number(enterprise.region_id, localdate(at)),
        axis=AXIS_OF.get(facts.get("category", ""), Axis.SITE),
        found_by=by,
        reported_at=at,
        entry_mode=entry_mode(facts["found_at"], facts.get("device_time"), at),
        recurrence_of=find_earlier_occurrence(enterprise, facts.get("description", ""), at=at),
        submission_key=key,
        **facts,
    )
    begin(HAZARD, "report", hazard, by=by, at=at)
    attach(photos, hazard, by=by)
    return hazard


def find_by_key(key: UUID | None) -> Hazard | None:
    """Return the hazard already entered with this submission key, waiting for one that is being entered now."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Hazard.objects.filter(submission_key=key).first()


def next_number(region: str, day: date) -> str:
    """Return the next hazard number of the county on the day: YH + county + date + four digits.

    The row of the counter stays locked until the transaction ends, so that no number is given twice or lost.
    """
    county = region[:6].ljust(6, "0")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hazards_hazardserial (county, day, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (county, day) DO UPDATE SET last = hazards_hazardserial.last + 1 RETURNING last",
            [county, day],
        )
        serial = cursor.fetchone()[0]
    return f"YH{county}{day:%Y%m%d}{serial:04d}"


def entry_mode(found_at: datetime, device_time: datetime | None, at: datetime) -> str:
    """Say how the record was made: on site, synced later, or typed in a day after the fact."""
    if at - found_at > BACKFILL_AFTER:
        return EntryMode.BACKFILLED
    if device_time and at - device_time > timedelta(minutes=10):
        return EntryMode.OFFLINE
    return EntryMode.ONLINE
