"""Making paper in the worker."""

from celery import shared_task
from django.utils import timezone

from paperwork import rendering
from paperwork.models import IssuedDocument, RenderState

LEFT_OVER = 50


@shared_task
def render_document(pk: int) -> bool:
    """Make the paper of one document; one that fails is tried again by `render_pending`."""
    return rendering.render(pk, at=timezone.now())


@shared_task
def render_pending() -> int:
    """Queue what a killed worker, a broker that was away or a failed attempt left unmade; return how many."""
    waiting = IssuedDocument.objects.filter(state=RenderState.QUEUED).order_by("attempts", "id")
    pks = list(waiting.values_list("pk", flat=True)[:LEFT_OVER])
    for pk in pks:
        render_document.delay(pk)
    return len(pks)
