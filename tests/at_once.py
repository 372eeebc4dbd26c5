"""Deeds at the same moment, each on a connection of its own; for tests that really commit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from lifecycle.refusals import VerbRefused


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do the deeds at the same moment; return what each gave, or the refusal it met."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return deed()
        except (VerbRefused, ValidationError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def refusals(results: list[Any]) -> int:
    """Count how many were refused."""
    return sum(isinstance(result, VerbRefused | ValidationError) for result in results)
