"""The inspections of the demo city, part by part."""

from collections.abc import Iterator
from datetime import datetime

from accounts.demo import Stage
from inspections.demo.conduct import conduct_stories
from inspections.demo.library import prepare_library
from inspections.demo.patrols import patrol_stories
from inspections.demo.self_checks import self_check_stories
from inspections.demo.supervision import supervision_stories
from inspections.demo.visits import prepare_visits, visit_stories


def prepare(stage: Stage) -> None:
    """Lay what stands on the first day: the library of checklists, the certificates of the officers."""
    prepare_library(stage)
    prepare_visits(stage)


def stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give everything that happens on visits while the city plays."""
    yield from visit_stories(stage)
    yield from self_check_stories(stage)
    yield from patrol_stories(stage)
    yield from supervision_stories(stage)
    yield from conduct_stories(stage)
