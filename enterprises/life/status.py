"""The steps that change whether an enterprise works: each asks for what proves it, and keeps that."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from deadlines import services as deadlines
from enterprises.life.open_items import open_stop
from enterprises.life.tables import ENTERPRISE, TRANSFER, VERIFY
from enterprises.models import Enterprise, FactSource, StatusProof, StopOutcome, StopRequest
from enterprises.truth.conflicts import after_change, confirm_undisputed
from lifecycle.services import perform

# Steps that are nothing without somebody having been there.
SEEN_ON_SITE = frozenset(
    {"verify_stop", "verify_season", "recheck_stop", "approve_resumption", "declare_lost"}
)


@dataclass(frozen=True)
class Evidence:
    """What proves a step: the day of the paper or the visit, its number, what was found, and the files' ids."""

    seen_on: date
    note: str = ""
    document_number: str = ""
    files: Sequence[int] = ()


@contextmanager
def step(
    enterprise: Enterprise,
    verb: str,
    evidence: Evidence,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    version: int | None = None,
    needs: str = "",
) -> Iterator[Enterprise]:
    """Do a step with its evidence; `needs` is the sentence for a step that is nothing without a file."""
    data = {"seen_on": evidence.seen_on, "document": evidence.document_number}
    with transaction.atomic():
        with perform(
            ENTERPRISE, verb, enterprise, by=by, at=at, reason=reason, data=data, version=version
        ) as row:
            if needs and not evidence.files:
                raise ValidationError({"files": needs})
            if evidence.seen_on > localdate(at):
                raise ValidationError({"seen_on": _("The day lies in the future.")})
            yield row
            keep(row, verb, evidence, by=by, at=at)
        # After the row is written, because a confirmation counts for as long as the new status allows.
        confirm_status(row, verb, evidence, by=by, at=at)


def confirm_status(row: Enterprise, verb: str, evidence: Evidence, *, by: User, at: datetime) -> None:
    """Count the status as confirmed by a step that somebody saw on site, or that has just written it.

    A step that writes the status overtakes what was disputed about it; a mere look settles no conflict.
    """
    source = FactSource.ON_SITE if verb in SEEN_ON_SITE else ""
    if ENTERPRISE.verb(verb).target:
        after_change(row, ["operating_status"], by=by, at=at, source=source)
    elif source:
        confirm_undisputed(row, ["status"], by=by, at=at, source=source, note=evidence.note)


def keep(row: Enterprise, verb: str, evidence: Evidence, *, by: User, at: datetime) -> None:
    """Write the evidence, put aside what the step has overtaken, and mark the file as changed."""
    taken = ENTERPRISE.verb(verb)
    proof = StatusProof.objects.create(
        enterprise=row,
        verb=verb,
        status=taken.target or row.state,
        seen_on=evidence.seen_on,
        document_number=evidence.document_number,
        note=evidence.note,
        by=by,
        at=at,
    )
    attach(list(evidence.files), proof, by=by)
    row.updated_at = at
    if taken.target:
        overtake(row, by=by, at=at)
        ends = ENTERPRISE.state(taken.target).terminal
        if ends:
            end_transfers(row, at=at)


def overtake(row: Enterprise, *, by: User, at: datetime) -> None:
    """Close a stop that waits for a look although the status has changed by another step."""
    if request := open_stop(row):
        deadlines.settle(row, VERIFY, at=at)
        settle_stop(request, StopOutcome.OVERTAKEN, by=by, at=at)


def settle_stop(request: StopRequest, outcome: str, *, by: User, at: datetime, reason: str = "") -> None:
    """Write what became of a stop that was asked for."""
    request.outcome, request.decision_reason = outcome, reason
    request.decided_by, request.decided_at = by, at
    request.save()


def end_transfers(row: Enterprise, *, at: datetime) -> None:
    """Take back a transfer that waits although the file is closed."""
    for transfer in row.transfers.filter(state="asked"):
        with perform(TRANSFER, "end_transfer", transfer, by=None, at=at) as ended:
            ended.decided_at = at


def _running(row: Enterprise, until: date | None = None) -> None:
    """Forget the stop: nothing is planned, nothing was seen."""
    row.planned_until, row.stop_checked_until = until, None


def start_trial(
    enterprise: Enterprise,
    *,
    planned_until: date,
    evidence: Evidence,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Begin the trial run, with the filed plan and the day on which it is to end."""
    needs = _("Add the plan of the trial run.")
    with step(enterprise, "start_trial", evidence, by=by, at=at, version=version, needs=needs) as row:
        if planned_until <= localdate(at):
            raise ValidationError({"planned_until": _("The day must lie in the future.")})
        _running(row, planned_until)
    return row


def start_normal(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Begin production; from now on all duties hold."""
    with step(enterprise, "start_normal", evidence, by=by, at=at, version=version) as row:
        _running(row)
    return row


def suspend_ordered(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Put the order to stop on file; only an agreed review ends it (AWSL 65)."""
    needs = _("Add the order to stop.")
    with step(enterprise, "suspend_ordered", evidence, by=by, at=at, version=version, needs=needs) as row:
        if not evidence.document_number:
            raise ValidationError({"document_number": _("Write the number of the order.")})
        _running(row)
    return row


def approve_resumption(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Put the approved review for resumption (复产验收) on file; the enterprise may then resume."""
    needs = _("Add the opinion of the review.")
    with step(enterprise, "approve_resumption", evidence, by=by, at=at, version=version, needs=needs) as row:
        pass
    return row


def resume(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Work again: duties hold from now on, and the file counts in every denominator."""
    with step(enterprise, "resume", evidence, by=by, at=at, version=version) as row:
        _running(row)
    return row


def declare_lost(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Say that nobody is to be found at the address, with photos of it."""
    needs = _("Add photos taken at the address.")
    with step(enterprise, "declare_lost", evidence, by=by, at=at, version=version, needs=needs) as row:
        _running(row)
    return row


def _end(verb: str, needs: str, enterprise: Enterprise, evidence: Evidence, **who: Any) -> Enterprise:
    with step(enterprise, verb, evidence, needs=needs, **who) as row:
        _running(row)
    return row


def move_away(
    enterprise: Enterprise,
    *,
    reason: str,
    evidence: Evidence,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Close the file of an enterprise that left the city; within the city its file is handed over instead."""
    return _end("move_away", "", enterprise, evidence, reason=reason, by=by, at=at, version=version)


def close(
    enterprise: Enterprise,
    *,
    reason: str,
    evidence: Evidence,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Close by a decision, which is kept."""
    needs = _("Add the decision.")
    return _end("close", needs, enterprise, evidence, reason=reason, by=by, at=at, version=version)


def deregister(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Deregister; only with the certificate of the market regulator (handbook §3.5)."""
    needs = _("Add the certificate of deregistration from the market regulator.")
    return _end("deregister", needs, enterprise, evidence, by=by, at=at, version=version)


def revoke(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Put on file that the licence was revoked; only with the market regulator's decision."""
    needs = _("Add the decision of the market regulator.")
    return _end("revoke", needs, enterprise, evidence, by=by, at=at, version=version)


def reinstate(
    enterprise: Enterprise,
    *,
    reason: str,
    evidence: Evidence,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Take an enterprise that had ended, or was lost, into supervision again; from now on all duties hold."""
    return _end("reinstate", "", enterprise, evidence, reason=reason, by=by, at=at, version=version)
