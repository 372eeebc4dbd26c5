"""Making paper in the worker."""

import logging

from celery import shared_task
from django.utils import timezone

from paperwork import services
from paperwork.models import IssuedDocument, RenderState

logger = logging.getLogger(__name__)
LEFT_OVER = 50


@shared_task
def render_document(pk: int) -> bool:
    """Make the paper of one document; a document that cannot be made says so on its page."""
    try:
        return services.render(pk, at=timezone.now())
    except Exception as error:
        logger.exception("Document %s could not be made", pk)
        IssuedDocument.objects.filter(pk=pk, state=RenderState.QUEUED).update(
            state=RenderState.FAILED, error=str(error)[:300]
        )
        raise


@shared_task
def render_pending() -> int:
    """Make the paper that a killed worker left unmade; return how many."""
    waiting = IssuedDocument.objects.filter(state=RenderState.QUEUED).order_by("id")
    return sum(render_document(pk) for pk in waiting.values_list("pk", flat=True)[:LEFT_OVER])
