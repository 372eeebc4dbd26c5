"""What the regulator makes of a report: a general hazard with a day, a major one, or none at all."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from deadlines.services import start
from hazards.choices import Grade, Level
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, MajorHazardCriterion
from lifecycle.services import perform


def accept_report(
    hazard: Hazard, *, deadline_on: date, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Accept the report as a general hazard and set the day by which it is rectified (AWSL 41)."""
    with perform(HAZARD, "accept_report", hazard, by=by, at=at, version=version) as row:
        set_deadline(row, deadline_on, at=at)
    return row


def confirm_major(
    hazard: Hazard,
    *,
    criterion: MajorHazardCriterion,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Confirm by a published criterion that the hazard is major; it passes into the county's hands (AWSL 118)."""
    with perform(
        HAZARD, "confirm_major", hazard, by=by, at=at, version=version, data={"criterion": str(criterion)}
    ) as row:
        row.grade = Grade.MAJOR
        row.criterion = criterion
        row.legal_basis = row.legal_basis or f"《{criterion.set_name}》{criterion.clause}"
        row.level_in_charge = Level.COUNTY
    return row


def mark_not_hazard(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Set the report aside with a reason; the record stays (handbook §5.4)."""
    with perform(HAZARD, "mark_not_hazard", hazard, by=by, at=at, reason=reason, version=version) as row:
        row.closed_at = at
    return row


def set_general(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Decide, with the reason, that what was reported as major is a general hazard."""
    with perform(HAZARD, "set_general", hazard, by=by, at=at, reason=reason, version=version) as row:
        row.grade = Grade.GENERAL
    return row


def set_deadline(hazard: Hazard, deadline_on: date, *, at: datetime) -> None:
    """Write the rectification day and start its clock; raises ValidationError for a day in the past."""
    if deadline_on < localdate(at):
        raise ValidationError(
            {"deadline_on": _("The deadline lies in the past; choose today or a later day.")}
        )
    hazard.deadline_on = deadline_on
    start(hazard, "hazards.rectify", at=at, due_on=deadline_on)
    if hazard.is_major:
        # How far it is, is reported every week from now on.
        start(hazard, "hazards.progress", at=at)
