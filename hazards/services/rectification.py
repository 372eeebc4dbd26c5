"""The enterprise puts the hazard right, and says so with photos."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from lifecycle.services import perform
from rulebook.services import parameter


def close_by_enterprise(
    hazard: Hazard,
    *,
    text: str,
    photos: Sequence[int],
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Close a general hazard that the enterprise found and put right itself; some are drawn for a spot check."""
    with perform(HAZARD, "close_by_enterprise", hazard, by=by, at=at, version=version) as row:
        write_rectification(row, text=text, photos=photos, by=by, at=at)
        row.immediate_fix = hazard.state == HAZARD.initial
        row.closed_at = at
    if is_drawn(row, at=at):
        with perform(HAZARD, "draw_sample", row, by=None, at=at) as row:
            row.closed_at = None
    return row


def submit_rectification(
    hazard: Hazard,
    *,
    text: str,
    photos: Sequence[int],
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Hand in the rectification of a general hazard for the regulator to verify."""
    with perform(HAZARD, "submit_rectification", hazard, by=by, at=at, version=version) as row:
        write_rectification(row, text=text, photos=photos, by=by, at=at)
    return row


def write_rectification(
    hazard: Hazard, *, text: str, photos: Sequence[int], by: User | None, at: datetime
) -> None:
    """Write what was done and bind the photos; raises ValidationError when no photo shows it."""
    if not photos:
        raise ValidationError({"photos": _("Add at least one photo taken after the rectification.")})
    attach(photos, hazard, by=by)
    hazard.rectification_text = text
    hazard.rectified_at = at
    hazard.rectified_by = by


def is_drawn(hazard: Hazard, *, at: datetime) -> bool:
    """Draw the town's sample by the hazard's number: nobody can steer it, and it comes out the same again."""
    return falls_into(hazard.number, sample_share(hazard.region_id, at=at))


def sample_share(region: str, *, at: datetime) -> Decimal:
    """Return how much of what enterprises close the town checks, in per cent."""
    return parameter("HAZARD_SAMPLE_SHARE", on=localdate(at), region=region).amount


def falls_into(number: str, share: Decimal) -> bool:
    """Say whether a hazard of that number is among so many per cent."""
    lot = int(hashlib.sha256(number.encode()).hexdigest(), 16) % 10_000
    return lot < share * 100
