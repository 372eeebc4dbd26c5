"""The clockwork of messages; each task may run twice or at once without harm."""

from celery import shared_task
from django.utils import timezone

from inbox import outbox
from inbox.sms import sending


@shared_task
def dispatch() -> int:
    """Turn new events into messages, batch by batch, until none is left."""
    taken = 0
    while batch := outbox.dispatch(at=timezone.now()):
        taken += batch
    return taken


@shared_task
def send_sms() -> int:
    """Send the text messages that may go out now."""
    return sending.send_due(at=timezone.now())
