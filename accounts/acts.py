"""The acts of this room. The record lies above it, so it is told by signals, and hangs its context around each act."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime

from django.db import transaction

from accounts.models import User

Surrounding = Callable[[User | None, str, datetime], AbstractContextManager[None]]
_surroundings: list[Surrounding] = []


def surround(surrounding: Surrounding) -> None:
    """Have every act of this room happen inside this context; for a room above."""
    if surrounding not in _surroundings:
        _surroundings.append(surrounding)


@contextmanager
def act(by: User | None, verb: str, at: datetime) -> Iterator[None]:
    """Open one act: a transaction, inside whatever the rooms above hang around it."""
    with ExitStack() as stack:
        for surrounding in _surroundings:
            stack.enter_context(surrounding(by, verb, at))
        stack.enter_context(transaction.atomic())
        yield
