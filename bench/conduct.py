"""The standing of every enterprise and the nightly look for doubts, beside the bare reading that they cannot do without."""

from datetime import date

from django.utils import timezone

from bench.figures import Line, beside, line
from bench.quality import run, seconds
from hazards.models import Hazard
from inspections.doubts.detection import DETECTORS
from inspections.doubts.services import WINDOW
from inspections.figures.standing import rate
from inspections.models import Standing

ROUNDS = 3
GOAL = 3.0
# What a reader of the same tables must do at least: count the hazards of each enterprise, and store nothing.
BARE = """
SELECT count(*), sum(h.n) FROM enterprises_enterprise e
LEFT JOIN (SELECT enterprise_id, count(*) AS n FROM hazards_hazard WHERE state <> 'not_hazard'
           GROUP BY enterprise_id) h ON h.enterprise_id = e.id
"""


def measure() -> list[Line]:
    """Return the figures: a night in which little changed, and each kind of doubt."""
    today = timezone.localdate()
    rate(on=today)
    run("VACUUM ANALYZE inspections_standing")
    turns = [(seconds(lambda: rate(on=today)), seconds(lambda: run(BARE))) for _turn in range(ROUNDS)]
    ours, floor = beside([turn[0] for turn in turns], [turn[1] for turn in turns])
    number, hazards = Standing.objects.count(), Hazard.objects.count()
    return [
        line("conduct", f"standing of all {number:,} enterprises", ours, floor, "s", GOAL),
        *(
            line("conduct", f"doubts over {hazards:,} hazards: {kind}", took(kind, today), floor, "s", None)
            for kind in DETECTORS
        ),
    ]


def took(kind: str, today: date) -> float:
    """Return how long it takes to look for one kind of doubt."""
    since = today - WINDOW
    return seconds(lambda: DETECTORS[kind](since, today))
