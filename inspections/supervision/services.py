"""A government body is looked at, told what it must put right, answers, and is done with (督导检查)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from attachments.models import Attachment
from attachments.services import attach
from audit.services import record
from deadlines import services as deadlines
from inspections.kinds import VisitKind
from inspections.models import CheckItem, GovernmentFinding, GovernmentOrder, Visit
from inspections.supervision.lifecycle import ORDER
from inspections.supervision.paperwork import NOTICE, order_facts
from inspections.supervision.rules import lacking_order
from inspections.supervision.selectors import bodies_below
from inspections.visits.selectors import items_of
from inspections.visits.services import open_visit, plan_visit
from inspections.visits.services.findings import basis_of, fail, locked
from lifecycle.refusals import VerbRefused
from lifecycle.services import begin, perform
from paperwork.services import issue


@transaction.atomic
def supervise(
    body: Organisation, *, now: bool = False, by: User, at: datetime, key: UUID | None = None, **about: Any
) -> Visit:
    """Plan a supervision of a body, or begin it at once with `now`; `about` is what `plan_visit` takes.

    Raises Organisation.DoesNotExist for a body that does not lie below the person's, VerbRefused for whoever supervises
    nobody.
    """
    bodies_below(by).get(pk=body.pk)
    about = {"kind": VisitKind.SUPERVISION, **about}
    if now:
        about.pop("planned_on", None)
        return open_visit(body, by=by, at=at, key=key, **about)
    return plan_visit(body, by=by, at=at, key=key, **about)


@transaction.atomic
def find_problem(
    visit: Visit,
    *,
    facts: Mapping[str, str],
    item: CheckItem | None = None,
    photos: Sequence[int] = (),
    device_time: datetime | None = None,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> GovernmentFinding:
    """Record what the body does not do as it must, from an item that is not met or freely; once for each item.

    `facts` are `text`, `basis`, `requirement`; what is left out is the item's. The item is answered as not met. Raises
    what `find_hazard` raises, and ValidationError on a visit to an enterprise, where such a thing is a hazard.
    """
    row = locked(visit, by)
    if row.body_id is None:
        raise ValidationError(_("What is found at an enterprise is a hazard."))
    if item is not None and not items_of(row).filter(pk=item.pk).exists():
        raise ValidationError(_("The visit does not ask this item."))
    same = {"submission_key": key} if key else {"item": item}
    if (key or item) and (earlier := row.government_findings.filter(**same).first()):
        return earlier
    said = {**(facts_of(item) if item else {}), **{name: text for name, text in facts.items() if text}}
    if not said.get("text", "").strip():
        raise ValidationError({"text": _("Say what the problem is.")})
    found = GovernmentFinding(visit=row, item=item, found_at=at, found_by=by, submission_key=key, **said)
    found.full_clean(exclude=["visit", "item", "found_by"], validate_unique=False)
    found.save()
    attach(photos, found, by=by)
    record(by, "inspections.find_problem", row, at=at, data={"text": found.text})
    if item is not None:
        fail(row, item, by=by, at=at, device_time=device_time)
    return found


@transaction.atomic
def take_back_problem(visit: Visit, problem: int, *, reason: str, by: User, at: datetime) -> None:
    """Take back a problem that was recorded by mistake, while the visit is under way.

    Its words stay on the trail, its photos with the visit. The item is still answered as not met, until it is answered
    anew. Raises what `find_problem` raises, and ValidationError without a reason.
    """
    row = locked(visit, by)
    found = row.government_findings.get(pk=problem)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken back.")})
    data = {"text": found.text, "item": found.item_id}
    Attachment.objects.filter(
        target_type=ContentType.objects.get_for_model(GovernmentFinding), target_id=found.pk
    ).update(target_type=ContentType.objects.get_for_model(Visit), target_id=row.pk)
    found.delete()
    record(by, "inspections.take_back_problem", row, at=at, reason=reason.strip(), data=data)


def facts_of(item: CheckItem) -> dict[str, str]:
    """Return what an item says of the problem that its failing is."""
    return {"text": _("Not met: %(content)s") % {"content": item.content}, "basis": basis_of(item)}


@transaction.atomic
def issue_order(visit: Visit, *, due_on: date, requirements: str, by: User, at: datetime) -> GovernmentOrder:
    """Order the body to put right what the visit found, and issue the notice (督导检查整改通知书).

    One visit, one order. Raises VerbRefused for a visit that is not finished, found nothing or has its order;
    ValidationError for a day that has passed.
    """
    row = Visit.objects.visible_to(by).select_for_update(of=("self",)).get(pk=visit.pk)
    if refusal := lacking_order(row, by):
        raise VerbRefused(refusal)
    must_lie_ahead(due_on, at)
    order = GovernmentOrder(
        visit=row, requirements=requirements.strip(), due_on=due_on, issued_at=at, issued_by=by
    )
    begin(ORDER, "issue_order", order, by=by, at=at, due_on=due_on)
    deadlines.settle(row, "inspections.issue_order", at=at)
    issue(NOTICE, order, order_facts(order), by=by, at=at, organisation=row.organisation)
    return order


def must_lie_ahead(day: date, at: datetime) -> None:
    """Raise ValidationError for a day that has passed."""
    if day < localdate(at):
        raise ValidationError({"due_on": _("The day lies in the past; choose today or a later day.")})


def reply_order(
    order: GovernmentOrder,
    *,
    reply: str,
    replies: Mapping[int, str],
    files: Mapping[int, Sequence[int]] | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> GovernmentOrder:
    """Answer the order: `reply` as a whole, `replies` and `files` by the key of each finding.

    Raises ValidationError while a finding has no answer of its own, VerbRefused for whoever is not of the body.
    """
    with perform(ORDER, "reply_order", order, by=by, at=at, version=version) as row:
        findings = list(row.visit.government_findings.all())
        silent = [found for found in findings if not replies.get(found.pk, "").strip()]
        if silent:
            raise ValidationError(
                {f"reply_{found.pk}": _("Say what was done about this problem.") for found in silent}
            )
        for found in findings:
            found.reply = replies[found.pk].strip()
            attach((files or {}).get(found.pk, ()), found, by=by)
        GovernmentFinding.objects.bulk_update(findings, ["reply"])
        row.reply, row.replied_at, row.replied_by = reply.strip(), at, by
    return row


def return_reply(
    order: GovernmentOrder,
    *,
    reason: str,
    due_on: date,
    by: User,
    at: datetime,
    version: int | None = None,
) -> GovernmentOrder:
    """Send the reply back with what is missing and a new day."""
    data = {"due_on": due_on.isoformat()}
    with perform(
        ORDER, "return_reply", order, by=by, at=at, reason=reason, version=version, data=data
    ) as row:
        must_lie_ahead(due_on, at)
        row.due_on = due_on
        row.returned_count += 1
        deadlines.start(row, "inspections.order_reply", at=at, due_on=due_on)
    return row


def close_order(
    order: GovernmentOrder, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> GovernmentOrder:
    """Say that everything is put right; the order is done with."""
    with perform(ORDER, "close_order", order, by=by, at=at, reason=note, version=version) as row:
        row.closed_at, row.closed_by = at, by
    return row
