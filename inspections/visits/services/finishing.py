"""A visit ends with an explicit result, and says how its record came about."""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.models import Attachment
from deadlines import services as deadlines
from hazards.choices import EntryMode
from hazards.models import Hazard
from hazards.services.reporting import entry_mode, typed_in_later
from inspections.choices import Outcome, PositionState, Result
from inspections.models import Answer, Visit
from inspections.visits.lifecycle import VISIT
from inspections.visits.paperwork import record_facts
from inspections.visits.rules import RECORD
from inspections.visits.services.answering import write_rest
from inspections.visits.signals import visit_finished
from lifecycle.services import perform
from paperwork.models import IssuedDocument
from paperwork.services import issue


@transaction.atomic
def finish_visit(
    visit: Visit,
    *,
    outcome: str,
    summary: str = "",
    ended_at: datetime | None = None,
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Visit:
    """Finish a visit. `outcome` says whether problems were found: nothing found is an answer too.

    `ended_at` is when the site was left (now if not given). Items without an answer are kept as not checked. An
    inspection gets its record (现场检查记录), unless it was typed in later. Raises AlreadyDone when another device was
    first, VerbRefused for what is still lacking, ValidationError for a result that does not agree with the findings.
    """
    with perform(VISIT, "finish_visit", visit, by=by, at=at, version=version, data={}) as row:
        row.ended_at = left_at(row, ended_at, at)
        row.device_ended_at = device_time
        write_rest(row, result=Result.NOT_CHECKED, by=by, at=at)
        count_findings(row)
        row.outcome = agreed_outcome(row, outcome)
        row.summary = summary.strip()
        row.is_backfilled = is_backfilled(row, at)
        row.entry_mode = (
            EntryMode.BACKFILLED
            if row.is_backfilled
            else entry_mode(row.ended_at, device_time, at=at, region=row.region_id)
        )
        row.finished_at = at
    if row.government_findings.exists():
        # The order that says what the body must put right is owed now.
        deadlines.start(row, "inspections.issue_order", at=at)
    mark = row.organisation.document_mark if row.organisation else ""
    if row.kind_of.administrative and mark and not row.is_backfilled:
        issue(RECORD, row, record_facts(row), by=by, at=at, organisation=row.organisation)
    visit_finished.send(Visit, visit=row, by=by, at=at)
    return row


def issue_record(
    visit: Visit, *, reason: str, by: User, at: datetime, version: int | None = None
) -> IssuedDocument:
    """Let an inspection that was typed in later have its record and number after all; a leader says why."""
    with perform(VISIT, "issue_record", visit, by=by, at=at, reason=reason, version=version) as row:
        return issue(RECORD, row, record_facts(row), by=by, at=at, organisation=row.organisation)


def left_at(visit: Visit, ended_at: datetime | None, at: datetime) -> datetime:
    """Return when the site was left; raise ValidationError for a moment that cannot be."""
    moment = ended_at or at
    if moment > at:
        raise ValidationError({"ended_at": _("The moment lies in the future.")})
    if visit.started_at and moment < visit.started_at:
        raise ValidationError({"ended_at": _("The visit had not begun then.")})
    return moment


def count_findings(visit: Visit) -> None:
    """Write on the visit what it found."""
    visit.failed_count = visit.answers.filter(result=Result.FAIL).count()
    visit.hazard_count = visit.findings.count()


def agreed_outcome(visit: Visit, outcome: str) -> str:
    """Return the result if it agrees with what was found; silence and contradiction are refused."""
    if outcome not in Outcome.values:
        raise ValidationError(
            {"outcome": _("Say whether problems were found; nothing found is an answer too.")}
        )
    found = visit.hazard_count or visit.failed_count or visit.government_findings.count()
    if outcome == Outcome.NOTHING and found:
        raise ValidationError({"outcome": _("Problems stand on record; “no problem found” does not fit.")})
    if outcome == Outcome.FOUND and not found:
        raise ValidationError(
            {"outcome": _("No problem stands on record. Record it, or say that nothing was found.")}
        )
    return outcome


def is_backfilled(visit: Visit, at: datetime) -> bool:
    """Say whether the record was typed in afterwards: late, or with nothing to show that somebody was there."""
    if visit.ended_at and typed_in_later(visit.ended_at, at=at, region=visit.region_id):
        return True
    unseen = visit.position_state in (PositionState.MISSING, PositionState.IMPLAUSIBLE)
    return visit.kind_of.on_site and unseen and not photos_of(visit).exists()


def photos_of(visit: Visit) -> QuerySet[Attachment]:
    """Return the photos taken on the visit: beside its answers, and of the hazards it found."""
    types = ContentType.objects.get_for_models(Answer, Hazard)
    return Attachment.objects.filter(content_type__startswith="image/").filter(
        Q(target_type=types[Answer], target_id__in=visit.answers.values("pk"))
        | Q(target_type=types[Hazard], target_id__in=visit.findings.values("hazard"), purpose="before")
    )
