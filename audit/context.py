"""Who acts, by which verb and when: carried to the field history and to the entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

import pghistory

from accounts.models import User

_ip: ContextVar[str | None] = ContextVar("audit_ip", default=None)


@contextmanager
def acting(by: User | None, verb: str, at: datetime) -> Iterator[None]:
    """Have every change of a tracked field inside the block carry the person, the verb and the moment."""
    with pghistory.context(user=by.pk if by else None, verb=verb, at=at.isoformat()):
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
