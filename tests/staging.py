"""What all tests of a module stand on, made once: a transaction that outlives them, in which each has a savepoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from enterprises.models import Enterprise
from tests.people import People
from tests.standing import standing


@dataclass
class Stage:
    """The standing people, their enterprises, and what a module has put beside them."""

    enterprise: Enterprise
    other_enterprise: Enterprise
    people: People
    world: Any = None


STAGE = pytest.StashKey[Stage]()


@contextmanager
def lasting(files: Path) -> Iterator[None]:
    """Let what is written inside stand until the end, and then be gone; uploads go to a folder of their own."""
    outer = transaction.atomic()
    # As the transactions of Django's own test cases: what must be outermost may run inside it.
    outer._from_testcase = True
    with override_settings(MEDIA_ROOT=files), outer:
        yield
        transaction.set_rollback(True)


def put_up() -> Stage:
    """Put the standing rows back."""
    rows = standing()
    rows.places.put_back()
    return Stage(rows.enterprise.put_back(), rows.other_enterprise.put_back(), rows.people.put_back())
