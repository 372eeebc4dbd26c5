"""The number of unread messages, for the bell on every page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest

from inbox.models import Message


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give templates `unread_messages`, which they call: one query per request, none without a bell."""
    return {"unread_messages": partial(count_unread, request)}


def know_unread(request: HttpRequest, number: int) -> None:
    """Spare the request the count when the page has the number already."""
    request._unread_messages = number


def count_unread(request: HttpRequest) -> int:
    """Count once and keep the number on the request; a visitor has none and costs no query."""
    if not hasattr(request, "_unread_messages"):
        user = getattr(request, "user", None)
        request._unread_messages = Message.objects.visible_to(user).unread().count()
    return request._unread_messages
