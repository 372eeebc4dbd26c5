"""Issuing: number, facts and code in the caller's transaction; the paper afterwards, once."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from audit.services import record
from paperwork import docx, pdf
from paperwork.blocks import Block, Stamp
from paperwork.kinds import freeze, registry, thaw
from paperwork.models import IssuedDocument, RenderState

# Without letters and digits that are read for one another.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def issue(
    kind_code: str, target: Model, facts: Any, *, by: User, at: datetime, organisation: Organisation | None
) -> IssuedDocument:
    """Give the document its number and code, freeze its facts, and have the worker make the paper after commit.

    Raises ValidationError when the organisation has no mark for document numbers, TypeError for undeclared facts.
    """
    from paperwork.tasks import render_document  # noqa: PLC0415 - the task calls back into this module

    kind = registry()[kind_code]
    if organisation is None or not organisation.document_mark:
        raise ValidationError(
            _("Your organisation has no mark for document numbers; an administrator enters it.")
        )
    year = localdate(at).year
    serial = next_serial(organisation.document_mark, kind.word, year)
    document = IssuedDocument.objects.create(
        kind=kind.code,
        title=kind.title,
        number=f"（{organisation.document_mark}）应急{kind.word}〔{year}〕{serial}号",
        serial=serial,
        year=year,
        organisation=organisation,
        region_id=target.region_id,
        enterprise_id=getattr(target, "enterprise_id", None),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        facts=freeze(kind, facts),
        code=new_code(),
        base_url=settings.BASE_URL,
        issued_by=by,
        issued_at=at,
    )
    record(by, "paperwork.issue", target, at=at, data={"number": document.number, "title": kind.title})
    transaction.on_commit(lambda: render_document.delay(document.pk))
    return document


def next_serial(mark: str, word: str, year: int) -> int:
    """Return the next number of the series; a transaction that fails gives it back, so there are no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO paperwork_numberseries (mark, word, year, last) VALUES (%s, %s, %s, 1) "
            "ON CONFLICT (mark, word, year) DO UPDATE SET last = paperwork_numberseries.last + 1 RETURNING last",
            [mark, word, year],
        )
        return cursor.fetchone()[0]


def new_code() -> str:
    """Return a code that cannot be guessed: eight signs in two groups."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _sign in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def blocks_of(document: IssuedDocument) -> tuple[list[Block], Stamp]:
    """Return the blocks of the document from its frozen facts, and its stamp."""
    kind = registry()[document.kind]
    stamp = Stamp(document.number, document.code, f"{document.base_url}/v/{document.code}/")
    return list(kind.build(thaw(kind, document.facts), stamp)), stamp


@transaction.atomic
def render(pk: int, *, at: datetime) -> bool:
    """Make the paper of a queued document; False when somebody else is at it or it is made already."""
    document = (
        IssuedDocument.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, state=RenderState.QUEUED)
        .first()
    )
    if document is None:
        return False
    blocks, stamp = blocks_of(document)
    document.docx = docx.render(blocks, stamp)
    document.docx_sha256 = hashlib.sha256(document.docx).hexdigest()
    if settings.PDF_ENABLED:
        document.pdf = pdf.render(blocks, stamp)
        document.pdf_sha256 = hashlib.sha256(document.pdf).hexdigest()
    document.state, document.rendered_at = RenderState.READY, at
    document.save(update_fields=["docx", "docx_sha256", "pdf", "pdf_sha256", "state", "rendered_at"])
    return True


def withdraw(document: IssuedDocument, *, reason: str, by: User, at: datetime) -> IssuedDocument:
    """Withdraw a document with a reason; its number is never given again."""
    with transaction.atomic():
        row = IssuedDocument.objects.visible_to(by).select_for_update(of=("self",)).get(pk=document.pk)
        if row.withdrawn_at:
            raise ValidationError(_("The document has been withdrawn already."))
        row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason = at, by, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        record(by, "paperwork.withdraw", row, at=at, reason=reason)
    return row
