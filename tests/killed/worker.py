"""A worker process for the tests: it does one piece of work and stands still in the middle, waiting to be killed.

`python -m tests.killed.worker <work> <key>`; it prints the number of its database session once it stands still.
"""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402 - models need the set-up

from deadlines.sweeping import sweep  # noqa: E402
from inbox.outbox import dispatch  # noqa: E402
from inbox.sms.sending import send_due  # noqa: E402
from listings.tasks import run_job  # noqa: E402
from paperwork.rendering import render  # noqa: E402
from tests.people import AT  # noqa: E402

LONG = 120


def stand_still(*args: Any, **kwargs: Any) -> None:
    """Say where the work stands, and do not go on."""
    connection.ensure_connection()
    print(connection.connection.get_backend_pid(), flush=True)  # noqa: T201 - the test reads it
    time.sleep(LONG)


def then_stand_still(work: Callable[..., Any]) -> Callable[..., Any]:
    """Do the work and stand still before anything is committed."""

    def _work(*args: Any, **kwargs: Any) -> None:
        work(*args, **kwargs)
        stand_still()

    return _work


class SlowProvider:
    """Takes a text message and never answers."""

    send = staticmethod(stand_still)
    ask = staticmethod(stand_still)


# What is patched to stand still, and the work that comes by there.
WORK: dict[str, tuple[str, Callable[[int], Any]]] = {
    "render": ("paperwork.pdf.render", lambda pk: render(pk, at=AT)),
    "import": ("listings.importing.work.record", run_job),
    "dispatch": ("inbox.outbox.write", lambda _pk: dispatch(at=AT)),
    "sweep": ("deadlines.sweeping._mark_taken", lambda _pk: sweep(AT)),
    "send": ("", lambda _pk: send_due(at=AT, provider=SlowProvider())),
}


def main(name: str, key: int) -> None:
    """Do the work up to where it stands still."""
    place, work = WORK[name]
    with ExitStack() as stack:
        if place:
            module, _dot, attribute = place.rpartition(".")
            real = getattr(sys.modules[module], attribute)
            stack.enter_context(patch(place, then_stand_still(real)))
        work(key)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
