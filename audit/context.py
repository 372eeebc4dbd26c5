"""Who acts, by which verb and when: carried to the field history and to the entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import uuid4

import pghistory

# The library joins nested contexts into one row, so that the last verb of a request would stand on all its changes;
# it offers no other way to open one inside another.
from pghistory.runtime import Context, _tracker

from accounts.models import User

_ip: ContextVar[str | None] = ContextVar("audit_ip", default=None)


@contextmanager
def acting(by: User | None, verb: str, at: datetime) -> Iterator[None]:
    """Have every change of a tracked field inside the block carry the person, the verb and the moment."""
    with _history(user=by.pk if by else None, verb=verb, at=at.isoformat()):
        yield


@contextmanager
def signed_in_as(user: User) -> Iterator[None]:
    """Have changes of tracked fields that no verb makes, as in the administration, carry the person."""
    with _history(user=user.pk):
        yield


@contextmanager
def from_address(ip: str | None) -> Iterator[None]:
    """Have entries written inside the block carry the address."""
    token = _ip.set(ip)
    try:
        yield
    finally:
        _ip.reset(token)


def current_ip() -> str | None:
    """Return the address of the request being answered, if one is."""
    return _ip.get()


@contextmanager
def _history(**facts: Any) -> Iterator[None]:
    """Open a history context of its own, whether or not one is open."""
    with pghistory.context():
        outer = _tracker.value
        _tracker.value = Context(uuid4(), facts)
        try:
            yield
        finally:
            _tracker.value = outer
