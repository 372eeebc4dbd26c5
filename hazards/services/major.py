"""The longer way of a major hazard: plan, approval, self-acceptance, review on site, release."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from hazards.lifecycle import HAZARD
from hazards.models import GovernancePlan, Hazard, SiteReview
from hazards.rules import certified, officers_on_site
from hazards.services.grading import set_deadline
from hazards.services.rectification import write_rectification
from hazards.services.verification import write_verification
from lifecycle.services import perform


def submit_plan(
    hazard: Hazard,
    *,
    plan: Mapping[str, Any],
    files: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Hand in a draft of the governance plan: the five implementations and the emergency plan (O16)."""
    with perform(HAZARD, "submit_plan", hazard, by=by, at=at, version=version) as row:
        draft_no = row.plans.count() + 1
        GovernancePlan.objects.create(hazard=row, draft_no=draft_no, submitted_by=by, submitted_at=at, **plan)
        attach(files, row, by=by)
    return row


def approve_plan(
    hazard: Hazard,
    *,
    deadline_on: date | None = None,
    note: str = "",
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Approve the newest draft; its finishing day, or an earlier one, becomes the rectification deadline."""
    with perform(HAZARD, "approve_plan", hazard, by=by, at=at, reason=note, version=version) as row:
        plan = row.plans.first()
        decide_plan(plan, "approved", note, by=by, at=at)
        row.measures = plan.measures[:1000]
        row.funds = plan.funds
        row.contingency_plan = plan.emergency_plan[:500]
        set_deadline(row, deadline_on or plan.finish_on, at=at)
    return row


def return_plan(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Return the newest draft with what is missing in it."""
    with perform(HAZARD, "return_plan", hazard, by=by, at=at, reason=reason, version=version) as row:
        decide_plan(row.plans.first(), "returned", reason, by=by, at=at)
    return row


def decide_plan(plan: GovernancePlan, decision: str, reason: str, *, by: User | None, at: datetime) -> None:
    """Write the decision on the draft."""
    plan.decision = decision
    plan.decision_reason = reason
    plan.decided_by = by
    plan.decided_at = at
    plan.save()


def apply_for_review(
    hazard: Hazard,
    *,
    text: str,
    photos: Sequence[int],
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Say that the enterprise's own acceptance passed, and ask for the review on site (AWSL 65)."""
    with perform(HAZARD, "apply_for_review", hazard, by=by, at=at, version=version) as row:
        write_rectification(row, text=text, photos=photos, by=by, at=at)
    return row


def record_site_review(
    hazard: Hazard,
    *,
    review: Mapping[str, Any],
    officers: Sequence[User],
    photos: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Record what the review on site found.

    Raises ValidationError with fewer certified officers than the law wants (APL 42), and for a listed hazard also with
    fewer than LISTING_OFFICERS or without an expert (handbook §5.5).
    """
    with perform(HAZARD, "record_site_review", hazard, by=by, at=at, version=version) as row:
        needed = officers_on_site(row, on=localdate(at))
        if certified(officers, on=review["reviewed_on"]) < needed:
            words = _("At least %(n)d officers with a valid enforcement certificate review on site.")
            raise ValidationError({"officers": words % {"n": needed}})
        if row.is_listed and not str(review.get("expert_name", "")).strip():
            words = _("A hazard listed for supervision is reviewed together with an expert. Name the expert.")
            raise ValidationError({"expert_name": words})
        record = SiteReview.objects.create(hazard=row, recorded_by=by, recorded_at=at, **review)
        record.officers.set(officers)
        attach(photos, row, by=by)
    return row


def release(
    hazard: Hazard, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Agree that production resumes, and close the major hazard (AWSL 65)."""
    with perform(HAZARD, "release", hazard, by=by, at=at, reason=note, version=version) as row:
        write_verification(row, by=by, at=at)
        row.is_suspended = False
    return row
