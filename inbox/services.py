"""What a person does with messages: read them, and say which should not come by SMS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit.services import record
from inbox.models import Channel, Delivery, DeliveryState, Message, MessageTemplate, Preference
from inbox.notices import registry
from inbox.sms.policy import expires_at

RESENDABLE = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.EXPIRED)


def read(message: Message, *, by: Any, at: dt.datetime) -> Message:
    """The receiver opened the message; opening it again changes nothing."""
    Message.objects.visible_to(by).unread().filter(pk=message.pk).update(read_at=at)
    message.read_at = message.read_at or at
    return message


def read_all(*, by: Any, at: dt.datetime) -> int:
    """The person marks everything that came up to now as read; what comes in meanwhile stays new."""
    return Message.objects.visible_to(by).unread().filter(at__lte=at).update(read_at=at)


def choose(*, by: Any, refused: Iterable[str]) -> None:
    """Keep which notices the person does not want by SMS; all others come."""
    refused = set(refused)
    wanted = registry().with_sms() - refused
    with transaction.atomic():
        Preference.objects.filter(user=by, code__in=wanted).delete()
        rows = [Preference(user=by, code=code, sms=False) for code in sorted(refused)]
        Preference.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "code"], update_fields=["sms"]
        )


def send_again(delivery: Delivery, *, by: Any, at: dt.datetime) -> bool:
    """An administrator sends a failed or uncertain message once more; False when it is on its way already.

    One that was refused goes out under a new key. An uncertain one keeps its key, so that a provider which
    has it after all does not send it twice.
    """
    with transaction.atomic():
        row = Delivery.objects.visible_to(by).select_for_update().get(pk=delivery.pk)
        if row.state not in RESENDABLE:
            return False
        row.renewed += row.state == DeliveryState.FAILED
        row.state, row.attempts, row.next_try_at = DeliveryState.QUEUED, 0, at
        row.expires_at, row.settled_at = expires_at(at), None
        row.save(update_fields=["state", "renewed", "attempts", "next_try_at", "expires_at", "settled_at"])
        record(by, "inbox.send_again", row, at=at, data={"template": row.template_code})
    return True


def load_templates() -> int:
    """Give every declared notice its rows to edit; rows that exist stay as the administrators left them."""
    known = registry()
    with_sms = known.with_sms()
    rows = []
    for code in sorted(known.wordings()):
        rows.append(MessageTemplate(code=code, channel=Channel.APP))
        if code in with_sms:
            rows.append(MessageTemplate(code=code, channel=Channel.SMS))
    MessageTemplate.objects.bulk_create(rows, ignore_conflicts=True)
    undeclared = ~Q(code__in=known.wordings()) | Q(channel=Channel.SMS) & ~Q(code__in=with_sms)
    return MessageTemplate.objects.filter(undeclared, title="", text="", provider_code="").delete()[0]
