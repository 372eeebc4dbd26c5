"""The nightly work about conduct, each pass beside the bare reading that it cannot do without.

The standing of every enterprise is written as the night writes it. Everything else happens in a transaction that is
rolled back, with answers, photos and findings beside what the database of the bench holds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from bench.conduct_floors import DOUBTS, MONTHS, SELF_CHECKS, STANDING, STOPS
from bench.figures import Line, beside, line
from bench.quality import run, seconds
from config.scale import evidence
from hazards.choices import FOUND_BY_ENTERPRISE
from hazards.models import Hazard
from inspections.choices import DoubtKind
from inspections.doubts.asking import midnight
from inspections.doubts.detection import DETECTORS
from inspections.doubts.services import WINDOW, find_doubts
from inspections.figures.months import count_conduct
from inspections.figures.standing import rate
from inspections.models import PatrolStop, SelfCheckList, Standing
from inspections.patrols.clock import lay_stops
from inspections.self_checks.clock import look_after_self_checks

ROUNDS = 3
GOAL = 3.0
# Raising is one verb for each, as on the first nights: so many are enough to measure it.
RAISED = 500
# Likeness has no bare form: its floor takes only equal texts together.
WITHOUT_GOAL = {DoubtKind.COPIED_TEXT}
# What a rolled back night leaves behind: tables many times their size, and some dead rows.
SWOLLEN = "deadlines_deadline, inspections_patrolstop"
TOUCHED = (
    "inspections_selfchecklist, inspections_selfchecklistevent, "
    "inspections_conductmonth, inspections_doubt, inspections_doubtevent, inspections_visit, inspections_visitevent, "
    "lifecycle_statechange, audit_entry"
)


def measure() -> list[Line]:
    """Return the figures: the standing, each kind of doubt, and every pass of a first night and of the next one."""
    now = timezone.now()
    lines = standing(now)
    with rolled_back():
        evidence.load(now)
        lines += doubts(now)
        lines += nights(now)
    run(f"VACUUM (FULL, ANALYZE) {SWOLLEN}, {', '.join(evidence.tables())}")
    run(f"VACUUM ANALYZE {TOUCHED}")
    return lines


@contextmanager
def rolled_back() -> Iterator[None]:
    """Leave nothing of what is written in the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def standing(now: datetime) -> list[Line]:
    """Measure a night in which little changed."""
    today = timezone.localdate(now)
    rate(on=today)
    run("VACUUM ANALYZE inspections_standing")
    turns = [(seconds(lambda: rate(on=today)), bare(STANDING, now)) for _turn in range(ROUNDS)]
    ours, floor = beside([turn[0] for turn in turns], [turn[1] for turn in turns])
    number = Standing.objects.count()
    return [line("conduct", f"standing of all {number:,} enterprises", ours, floor, "s", GOAL)]


def doubts(now: datetime) -> list[Line]:
    """Measure the look for each kind of doubt, and the whole night with what it raises."""
    lines, number = [], Hazard.objects.count()
    for kind in DETECTORS:
        turns = [(look(kind, now), bare(DOUBTS[kind], now)) for _turn in range(ROUNDS)]
        ours, floor = beside([turn[0] for turn in turns], [turn[1] for turn in turns])
        goal = None if kind in WITHOUT_GOAL else GOAL
        lines.append(line("conduct", f"doubts over {number:,} hazards: {kind}", ours, floor, "s", goal))
    floor = sum(each["floor"] for each in lines)
    took = seconds(lambda: find_doubts(at=now, most=RAISED))
    name = f"doubts of a night: all looked for, {RAISED} of a kind raised"
    return [*lines, line("conduct", name, took, floor, "s", None)]


def look(kind: str, now: datetime) -> float:
    """Return how long it takes to look for one kind of doubt."""
    today = timezone.localdate(now)
    return seconds(lambda: DETECTORS[kind](today - WINDOW, today))


def nights(now: datetime) -> list[Line]:
    """Measure the other passes: a first night, which writes nearly every row, and the next one."""
    passes: dict[str, tuple[Callable[..., Any], str, str]] = {
        "stops of patrols": (lay_stops, STOPS, "deadlines_deadline, inspections_patrolstop"),
        "clocks of self-checks": (look_after_self_checks, SELF_CHECKS, "deadlines_deadline"),
        "months of hazard work": (count_conduct, MONTHS, "inspections_conductmonth"),
    }
    lines = []
    for name, (work, sql, written) in passes.items():
        first = seconds(lambda work=work: work(at=now))
        # By the next night the database has looked at what was written.
        run(f"ANALYZE {written}")
        later = seconds(lambda work=work: work(at=now + timedelta(days=1)))
        floor = bare(sql, now)
        lines.append(line("conduct", f"{name}, first night", first, floor, "s", None))
        lines.append(line("conduct", f"{name}, the next night", later, floor, "s", None))
    return lines


def bare(sql: str, now: datetime) -> float:
    """Return how long the bare reading takes."""
    today = timezone.localdate(now)
    values = {
        "since": midnight(today - WINDOW),
        "year_ago": midnight(today - timedelta(days=365)),
        "own": sorted(map(str, FOUND_BY_ENTERPRISE)),
        "hazard": ContentType.objects.get_for_model(Hazard).pk,
        "stop": ContentType.objects.get_for_model(PatrolStop).pk,
        "list": ContentType.objects.get_for_model(SelfCheckList).pk,
    }
    return seconds(lambda: run(sql, values))
