"""The regulator looks: it is good, it is not, or it has come back."""

from datetime import date, datetime

from accounts.models import User
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.services.grading import set_deadline
from lifecycle.services import perform


def accept_repair(
    hazard: Hazard, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Verify the rectification and close the hazard; the verifier is not the one who rectified."""
    with perform(HAZARD, "accept_repair", hazard, by=by, at=at, reason=note, version=version) as row:
        write_verification(row, by=by, at=at)
    return row


def pass_sample(
    hazard: Hazard, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Record that the spot check found the hazard really gone."""
    with perform(HAZARD, "pass_sample", hazard, by=by, at=at, reason=note, version=version) as row:
        write_verification(row, by=by, at=at)
    return row


def return_for_work(
    hazard: Hazard,
    *,
    reason: str,
    deadline_on: date,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Send the rectification back with a reason and a new day."""
    with perform(HAZARD, "return_for_work", hazard, by=by, at=at, reason=reason, version=version) as row:
        row.rejected_count += 1
        row.closed_at = None
        set_deadline(row, deadline_on, at=at)
    return row


def reopen(
    hazard: Hazard,
    *,
    reason: str,
    deadline_on: date,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Open a closed hazard again, because it is still there."""
    with perform(HAZARD, "reopen", hazard, by=by, at=at, reason=reason, version=version) as row:
        row.closed_at = None
        row.verified_at = None
        row.verifier = None
        set_deadline(row, deadline_on, at=at)
    return row


def write_verification(hazard: Hazard, *, by: User | None, at: datetime) -> None:
    """Write who verified and when, and that the hazard is closed."""
    hazard.verifier = by
    hazard.verified_at = at
    hazard.closed_at = at
