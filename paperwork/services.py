"""Issuing: number, facts and code in the caller's transaction; the paper afterwards, once."""

from datetime import date, datetime
from functools import reduce
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.services import may
from audit.services import record
from paperwork import rendering, tasks
from paperwork.blocks import DocumentKind
from paperwork.codes import new_code
from paperwork.kinds import freeze, registry
from paperwork.models import NEEDS_PROOF, IssuedDocument, Manner, RenderState, ServiceReceipt

# The worker's verb stands beside the others, for the demo and for commands.
render = rendering.render


@transaction.atomic
def issue(
    kind_code: str,
    target: Model,
    facts: Any,
    *,
    by: User,
    at: datetime,
    organisation: Organisation | None,
    once: bool = False,
) -> IssuedDocument:
    """Give the document its number and code, freeze its facts, and have the worker make the paper after commit.

    With `once` a document of the kind that still stands for the target is returned instead of a second one.
    Raises ValidationError when the organisation has no mark for document numbers, TypeError for undeclared facts.
    """
    kind = registry()[kind_code]
    if organisation is None or not organisation.document_mark:
        raise ValidationError(
            _("Your organisation has no mark for document numbers; an administrator enters it.")
        )
    if once and (standing := find_standing(kind, target)):
        return standing
    document = number_and_freeze(kind, target, facts, by=by, at=at, organisation=organisation)
    record(by, "paperwork.issue", target, at=at, data={"number": document.number, "title": kind.title})
    # If the queue is away the document is issued all the same; `render_pending` finds it.
    transaction.on_commit(lambda: tasks.render_document.delay(document.pk), robust=True)
    return document


def find_standing(kind: DocumentKind, target: Model) -> IssuedDocument | None:
    """Return the document of this kind that stands for the target; two who ask at once wait for each other."""
    type(target)._default_manager.select_for_update(of=("self",)).get(pk=target.pk)
    return IssuedDocument.objects.about(target).standing().without_bytes().filter(kind=kind.code).first()


def number_and_freeze(
    kind: DocumentKind, target: Model, facts: Any, *, by: User, at: datetime, organisation: Organisation
) -> IssuedDocument:
    """Write the row of a document with the next number of its series."""
    frozen, year = freeze(kind, facts), localdate(at).year
    serial = next_serial(organisation.document_mark, kind.word, year)
    return IssuedDocument.objects.create(
        kind=kind.code,
        title=kind.title,
        number=number_text(organisation.document_mark, kind.word, year, serial),
        serial=serial,
        year=year,
        organisation=organisation,
        region_id=target.region_id,
        enterprise_id=party_of(target),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        facts=frozen,
        code=new_code(),
        base_url=settings.BASE_URL.rstrip("/"),
        issued_by=by,
        issued_at=at,
    )


def party_of(target: Model) -> int | None:
    """Return the enterprise the record belongs to, where its own scope says it has one."""
    fields = getattr(type(target)._default_manager.none(), "scope_fields", None)
    path = getattr(fields, "enterprise", None)
    return reduce(getattr, path.split("__"), target) if path else None


def number_text(mark: str, word: str, year: int, serial: int) -> str:
    """Write a number as documents do: （广）应急责改〔2026〕12号."""
    return f"（{mark}）应急{word}〔{year}〕{serial}号"


def next_serial(mark: str, word: str, year: int) -> int:
    """Return the next number of the series; a transaction that fails gives it back, so there are no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO paperwork_numberseries (mark, word, year, last) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (mark, word, year) DO UPDATE SET last = paperwork_numberseries.last + 1 RETURNING last",
            [mark, word, year],
        )
        return cursor.fetchone()[0]


def next_record_number(prefix: str, region: str, day: date) -> str:
    """Return the next number of a record: prefix + county + date + four digits.

    The row of the counter stays locked until the transaction ends, so that no number is given twice or lost.
    """
    county = region[:6].ljust(6, "0")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO paperwork_recordserial (prefix, county, day, last) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (prefix, county, day) DO UPDATE SET last = paperwork_recordserial.last + 1 RETURNING last",
            [prefix, county, day],
        )
        return f"{prefix}{county}{day:%Y%m%d}{cursor.fetchone()[0]:04d}"


def may_act(by: User, permission: str, document: IssuedDocument) -> bool:
    """Say whether a post allows it and the person belongs to the agency that issued the document."""
    agencies = {post.organisation_id for post in by.posts}
    return document.organisation_id in agencies and may(by, permission, document)


def lock_for(by: User, verb: str, document: IssuedDocument) -> IssuedDocument:
    """Lock the document for a verb; DoesNotExist out of scope, PermissionDenied when the verb is not theirs."""
    rows = IssuedDocument.objects.visible_to(by).without_bytes().select_for_update(of=("self",))
    row = rows.get(pk=document.pk)
    if not may_act(by, f"paperwork.{verb}", row):
        raise PermissionDenied
    return row


@transaction.atomic
def withdraw(document: IssuedDocument, *, reason: str, by: User, at: datetime) -> IssuedDocument:
    """Withdraw a document with a reason; the paper stays as it is, and its number is never given again."""
    row = lock_for(by, "withdraw", document)
    if row.withdrawn_at:
        raise ValidationError(_("The document has been withdrawn already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the document is withdrawn.")})
    row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = at, by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    record(by, "paperwork.withdraw", row, at=at, reason=row.withdrawal_reason)
    return row


@transaction.atomic
def record_service(
    document: IssuedDocument,
    *,
    manner: str,
    served_at: datetime,
    recipient: str,
    place: str = "",
    proof: str = "",
    by: User,
    at: datetime,
) -> ServiceReceipt:
    """Put on record that the document reached its party; raises ValidationError for what cannot have been."""
    row = lock_for(by, "record_service", document)
    check_service(row, manner=manner, served_at=served_at, proof=proof, at=at)
    receipt = ServiceReceipt.objects.create(
        document=row,
        manner=manner,
        served_at=served_at,
        recipient=recipient,
        place=place,
        proof=proof,
        recorded_by=by,
        recorded_at=at,
    )
    data = {"manner": manner, "recipient": recipient, "served_at": served_at.isoformat()}
    record(by, "paperwork.record_service", row, at=at, data=data)
    return receipt


def check_service(
    document: IssuedDocument, *, manner: str, served_at: datetime, proof: str, at: datetime
) -> None:
    """Refuse a service that cannot have been, or that could not be shown later."""
    if document.withdrawn_at:
        raise ValidationError(_("A withdrawn document is not served."))
    if document.state != RenderState.READY:
        raise ValidationError(_("The document is not made yet."))
    if served_at > at:
        raise ValidationError({"served_at": _("The moment lies in the future.")})
    # The form has no seconds, and a document may be handed over in the minute in which it was issued.
    if served_at < document.issued_at.replace(second=0, microsecond=0):
        raise ValidationError({"served_at": _("The document was not issued yet.")})
    if manner in NEEDS_PROOF and not proof.strip():
        raise ValidationError({"proof": PROOFS[Manner(manner)]()})


PROOFS = {
    Manner.LEAVE: lambda: _("Name the witness, or the photos or film of the place."),
    Manner.POST: lambda: _("Give the number of the postal slip."),
    Manner.ELECTRONIC: lambda: _("Name the confirmation of the electronic address that the party signed."),
    Manner.ANNOUNCEMENT: lambda: _("Say where it was announced."),
}


@transaction.atomic
def try_again(document: IssuedDocument, *, by: User, at: datetime) -> IssuedDocument:
    """Queue a document again that could not be made, once the cause is mended."""
    row = lock_for(by, "try_again", document)
    if row.state != RenderState.FAILED:
        raise ValidationError(_("Only a document that could not be made is made again."))
    row.state, row.attempts, row.error = RenderState.QUEUED, 0, ""
    row.save(update_fields=["state", "attempts", "error"])
    record(by, "paperwork.try_again", row, at=at)
    transaction.on_commit(lambda: tasks.render_document.delay(row.pk), robust=True)
    return row
