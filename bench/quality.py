"""The quality score of every enterprise of a megacity, beside the bare aggregate that it cannot do without."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.figures import Line, beside, line
from config.scale import truth
from enterprises.choices import ENDED
from enterprises.groups import GROUPS
from enterprises.models import FactGroup, QualityScore
from enterprises.truth.score import refresh, weights

ROUNDS = 5
GOAL = 3.0
# What a reader of the same tables must do at least: weigh what is fresh for each enterprise, and store nothing.
BARE = """
SELECT count(*), avg(round(100.0 * coalesce(f.fresh, 0) / %(whole)s))
FROM enterprises_enterprise e
LEFT JOIN (SELECT enterprise_id, sum(CASE "group" {weights} ELSE 0 END) AS fresh
           FROM enterprises_factgroup WHERE stale_on > %(today)s AND doubt = '' GROUP BY enterprise_id) f
    ON f.enterprise_id = e.id
WHERE e.operating_status <> ALL(%(ended)s)
"""


def measure() -> list[Line]:
    """Return the figures: a night in which little changed, and the first pass, which writes every row."""
    if not FactGroup.objects.exists():
        truth.load(timezone.now())
        run("ANALYZE enterprises_factgroup")
    today = timezone.localdate()
    QualityScore.objects.all()._raw_delete(connection.alias)
    first = seconds(lambda: refresh(on=today))
    run("VACUUM ANALYZE enterprises_qualityscore")
    number = QualityScore.objects.count()
    turns = [(seconds(lambda: refresh(on=today)), seconds(lambda: bare(today))) for _turn in range(ROUNDS)]
    ours, floor = beside([turn[0] for turn in turns], [turn[1] for turn in turns])
    return [
        line("quality", f"quality score of all {number:,} enterprises", ours, floor, "s", GOAL),
        line("quality", "quality score, first pass (writes every row)", first, floor, "s", None),
    ]


def bare(today: Any) -> None:
    """Run the bare aggregate."""
    held = weights(on=today)
    sql = BARE.format(
        weights=" ".join(f"WHEN '{group.code}' THEN {held.groups[group.code]}" for group in GROUPS)
    )
    run(sql, {"today": today, "ended": sorted(ENDED), "whole": sum(held.groups.values())})


def run(sql: str, values: dict[str, Any] | None = None) -> None:
    """Run a statement and read its answer, if it has one."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if cursor.description:
            cursor.fetchall()


def seconds(work: Callable[[], Any]) -> float:
    """Return how long the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
