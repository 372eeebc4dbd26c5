"""Two people change the same number at the same time, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from rulebook.models import Parameter
from rulebook.services import revise_parameter
from tests.factories.rulebook import make_parameter

DAYS = [date(2026, month, 1) for month in (4, 6, 5, 7)]


@pytest.mark.django_db(transaction=True)
def test_both_numbers_stand_one_after_the_other(at):
    row = make_parameter(value=1)
    together = Barrier(len(DAYS))

    def change(day: date) -> None:
        together.wait(timeout=10)
        try:
            revise_parameter(row, value=day.month, effective_from=day, reason="同时", by=None, at=at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(DAYS)) as pool:
        list(pool.map(change, DAYS))
    rows = list(Parameter.objects.live().order_by("effective_from"))
    assert [each.amount for each in rows] == [1, 4, 5, 6, 7]
    assert [
        (later.effective_from - each.effective_to).days for each, later in zip(rows, rows[1:], strict=False)
    ] == [1] * 4
    assert rows[-1].effective_to is None
