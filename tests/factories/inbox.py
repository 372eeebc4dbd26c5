"""Events, clocks and messages for the tests of the inbox, on any record."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from deadlines.models import Deadline, DeadlineEvent
from inbox.models import Delivery, Message
from lifecycle.models import StateChange
from tests.people import AT

_serial = count(1)


def make_change(target: Any, verb: str = "report", **fields: Any) -> StateChange:
    """A verb was done to the record; nobody has been told."""
    values = {"lifecycle": "testing.record", "to_state": "reported", "version": 1, "at": AT, **fields}
    return StateChange.objects.create(target=target, verb=verb, **values)


def make_deadline(target: Any, rule: str = "testing.answer", **fields: Any) -> Deadline:
    """A clock on the record, due in three days unless said otherwise."""
    values = {
        "region_id": target.region_id,
        "enterprise_id": target.pk,
        "started_at": AT - timedelta(days=30),
        "due_at": AT + timedelta(days=3),
        "label": str(target),
        **fields,
    }
    return Deadline.objects.create(target=target, rule=rule, **values)


def make_event(deadline: Deadline, kind: str = "warned", level: str = "") -> DeadlineEvent:
    """The clock did something; nobody has been told."""
    return DeadlineEvent.objects.create(deadline=deadline, kind=kind, level=level, at=AT, recorded_at=AT)


def make_delivery(**fields: Any) -> Delivery:
    """An SMS that waits to be sent to a bare number."""
    values = {
        "key": f"test:{next(_serial)}",
        "region_id": "370523101",
        "recipient": "phone-one",
        "recipient_name": "陆春生",
        "phone": "13605460002",
        "template_code": "testing.reported",
        "text": "一条隐患等你受理。",
        "fields": {"name": "广饶砚池木业有限公司"},
        "at": AT,
        "next_try_at": AT,
        "expires_at": AT + timedelta(hours=48),
        **fields,
    }
    return Delivery.objects.create(**values)


def make_message(user: User, at: datetime = AT, **fields: Any) -> Message:
    """A message to a person."""
    values = {
        "key": f"test:{next(_serial)}",
        "code": "testing.reported",
        "title": "一条隐患等你受理",
        **fields,
    }
    return Message.objects.create(user=user, at=at, **values)
