"""How the governance of a major hazard goes on: progress every week, a change of plan, the opinion of an expert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from deadlines import services as deadlines
from deadlines.models import Deadline, DeadlineState
from hazards.choices import Grade
from hazards.lifecycle import HAZARD, UNDER_GOVERNANCE
from hazards.models import ExpertOpinion, GovernancePlan, Hazard, ProgressReport
from hazards.rules import waiting_change
from hazards.services.major import decide_plan
from lifecycle.services import perform
from rulebook.places import Number, Places

PROGRESS, REVIEW_CHANGE = "hazards.progress", "hazards.review_change"
WEEK = "HAZARD_WEEKLY_PROGRESS"


def report_progress(
    hazard: Hazard,
    *,
    report: Mapping[str, Any],
    files: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Report how far the governance of a major hazard is; the next report is due a week later.

    `report` are `percent`, `text`, `next_steps`, `difficulties`. Raises ValidationError for a share that falls without
    a word about the difficulties.
    """
    data = {"percent": report["percent"]}
    with perform(HAZARD, "report_progress", hazard, by=by, at=at, version=version, data=data) as row:
        last = row.progress.first()
        if last and report["percent"] < last.percent and not report.get("difficulties", "").strip():
            raise ValidationError({"difficulties": _("Less is done than was reported before. Say why.")})
        made = ProgressReport(hazard=row, reported_by=by, reported_at=at, **report)
        made.full_clean(exclude=["hazard", "reported_by"])
        made.save()
        attach(files, made, by=by)
        deadlines.settle(row, PROGRESS, at=at)
        deadlines.start(row, PROGRESS, at=at)
    return row


@transaction.atomic
def ask_for_progress(*, at: datetime) -> tuple[int, int]:
    """Start the weekly clock where it does not run, and anew where a week was missed: each missed week counts.

    Return how many were started for the first time, and how many anew. Done every night, in sets.
    """
    governed = Hazard.objects.filter(grade=Grade.MAJOR, state__in=UNDER_GOVERNANCE)
    clocks = Deadline.objects.open().filter(
        rule=PROGRESS, target_type=ContentType.objects.get_for_model(Hazard)
    )
    numbers = Places([WEEK], localdate(at))
    week = numbers.expression(WEEK, read=in_days, field=DurationField())
    next_at = ExpressionWrapper(F("due_at") + week, output_field=DateTimeField())
    missed = clocks.filter(state=DeadlineState.BREACHED).annotate(_next=next_at).filter(_next__lte=at)
    again = dict(missed.values_list("target_id", "pk"))
    Deadline.objects.filter(pk__in=again.values()).update(settled_at=at, next_at=None, retry_at=None)
    waiting = governed.filter(~Exists(clocks.filter(target_id=OuterRef("pk"))))
    rows = list(waiting.select_related("enterprise"))
    due = [(row, localdate(at + in_days(numbers.of(WEEK, row.region_id)))) for row in rows]
    deadlines.start_many(due, PROGRESS, at=at)
    anew = sum(row.pk in again for row in rows)
    return len(rows) - anew, anew


def in_days(number: Number) -> timedelta:
    """Read a number of days as a length of time."""
    return timedelta(days=int(number.amount))


def change_plan(
    hazard: Hazard,
    *,
    reason: str,
    plan: Mapping[str, Any],
    files: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Hand in a changed plan while the hazard is being rectified; the approved one holds until it is decided.

    More time is not a matter of the plan: raises ValidationError when it would end after the rectification deadline.
    """
    with perform(HAZARD, "change_plan", hazard, by=by, at=at, reason=reason, version=version) as row:
        if row.deadline_on and plan["finish_on"] > row.deadline_on:
            raise ValidationError(
                {"finish_on": _("The plan would end after the deadline. Ask for an extension for more time.")}
            )
        GovernancePlan.objects.create(
            hazard=row,
            draft_no=row.plans.count() + 1,
            submitted_by=by,
            submitted_at=at,
            change_reason=reason,
            **plan,
        )
        attach(files, row, by=by)
        deadlines.start(row, REVIEW_CHANGE, at=at)
    return row


def approve_change(
    hazard: Hazard, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Approve the changed plan; from now on it is the one that holds."""
    with perform(HAZARD, "approve_change", hazard, by=by, at=at, reason=note, version=version) as row:
        plan = waiting_change(row)
        decide_plan(plan, "approved", note, by=by, at=at)
        row.measures = plan.measures[:1000]
        row.funds = plan.funds
        row.contingency_plan = plan.emergency_plan[:500]
        deadlines.settle(row, REVIEW_CHANGE, at=at)
    return row


def return_change(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Return the changed plan; the approved one goes on to hold."""
    with perform(HAZARD, "return_change", hazard, by=by, at=at, reason=reason, version=version) as row:
        decide_plan(waiting_change(row), "returned", reason, by=by, at=at)
        deadlines.settle(row, REVIEW_CHANGE, at=at)
    return row


def record_opinion(
    hazard: Hazard,
    *,
    opinion: Mapping[str, Any],
    files: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Put on record what an expert says of the hazard, with the signed paper."""
    with perform(HAZARD, "record_opinion", hazard, by=by, at=at, version=version) as row:
        made = ExpertOpinion(hazard=row, recorded_by=by, recorded_at=at, **opinion)
        if made.given_on > localdate(at):
            raise ValidationError({"given_on": _("The day lies in the future.")})
        made.full_clean(exclude=["hazard", "recorded_by"])
        made.save()
        attach(files, made, by=by)
    return row
