"""Making the paper of an issued document: once, in the worker, from the frozen facts."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from paperwork import docx, pdf
from paperwork.blocks import Block, Stamp
from paperwork.kinds import registry, thaw
from paperwork.models import IssuedDocument, RenderState

# A document that kills its worker every time must not be tried for ever.
MOST_ATTEMPTS = 3
KILLED = "The worker ended before the document was made."


def blocks_of(document: IssuedDocument) -> tuple[list[Block], Stamp]:
    """Return the blocks of the document from its frozen facts, and its stamp."""
    kind = registry()[document.kind]
    url = f"{document.base_url}/v/{document.code}/"
    stamp = Stamp(document.number, document.code, url, document.issued_at)
    return list(kind.build(thaw(kind, document.facts), stamp)), stamp


def render(pk: int, *, at: datetime) -> bool:
    """Make the paper of a queued document; False when somebody else is at it, or it is made or given up.

    The row stays locked meanwhile: a worker that is killed lets go of it, and the document is queued as before.
    """
    if not begin_attempt(pk):
        return False
    try:
        with transaction.atomic():
            document = lock_queued(pk)
            return document is not None and make_paper(document, at=at)
    except Exception as error:
        give_up_after_last(pk, error=f"{type(error).__name__}: {error}"[:300])
        raise


def lock_queued(pk: int) -> IssuedDocument | None:
    """Lock the row if it still waits and nobody else has it."""
    rows = IssuedDocument.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=pk, state=RenderState.QUEUED).first()


@transaction.atomic
def begin_attempt(pk: int) -> bool:
    """Count the attempt before it begins, so that one which kills the worker counts too."""
    document = lock_queued(pk)
    if document is None:
        return False
    if document.attempts >= MOST_ATTEMPTS:
        document.state, document.error = RenderState.FAILED, document.error or KILLED
        document.save(update_fields=["state", "error"])
        return False
    document.attempts += 1
    document.save(update_fields=["attempts"])
    return True


def make_paper(document: IssuedDocument, *, at: datetime) -> bool:
    """Render, and keep the bytes with their hashes."""
    blocks, stamp = blocks_of(document)
    document.docx = docx.render(blocks, stamp)
    document.docx_sha256 = hashlib.sha256(document.docx).hexdigest()
    if settings.PDF_ENABLED:
        document.pdf = pdf.render(blocks, stamp)
        document.pdf_sha256 = hashlib.sha256(document.pdf).hexdigest()
    document.state, document.error, document.rendered_at = RenderState.READY, "", at
    document.save(update_fields=["docx", "docx_sha256", "pdf", "pdf_sha256", "state", "error", "rendered_at"])
    return True


def give_up_after_last(pk: int, *, error: str) -> None:
    """Write down why an attempt failed; after the last one the page says so instead of waiting."""
    waiting = IssuedDocument.objects.filter(pk=pk, state=RenderState.QUEUED)
    waiting.update(error=error)
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(state=RenderState.FAILED)
