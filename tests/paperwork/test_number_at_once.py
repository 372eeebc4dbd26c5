"""Many who issue at the same moment, on real connections: no gaps, no doubles."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from paperwork.models import NumberSeries
from paperwork.services import next_serial

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 8, 12


def take_numbers(barrier: Barrier, writer: int) -> list[int]:
    """Take numbers, and lose every third act."""
    taken = []
    barrier.wait()
    try:
        for n in range(EACH):
            try:
                with transaction.atomic():
                    serial = next_serial("广", "提示", 2026)
                    if (n + writer) % 3 == 0:
                        raise RuntimeError("the act failed after its number was taken")
            except RuntimeError:
                continue
            taken.append(serial)
    finally:
        connection.close()
    return taken


def test_numbers_taken_at_once_have_no_gaps_and_no_doubles():
    barrier = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        runs = list(pool.map(lambda writer: take_numbers(barrier, writer), range(WRITERS)))
    taken = sorted(serial for run in runs for serial in run)
    assert len(taken) == WRITERS * EACH * 2 // 3
    assert taken == list(range(1, len(taken) + 1))
    assert NumberSeries.objects.get().last == len(taken)
