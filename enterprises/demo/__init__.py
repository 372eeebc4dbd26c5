"""The enterprises of the demo city, and what each part of their files adds."""

from collections.abc import Iterator
from datetime import datetime

from accounts.demo import Stage
from enterprises.demo import base
from enterprises.demo.base import DISTRICTS, INDUSTRIES, ORGANISATION_WEIGHTS, WORDS, industry_counts
from enterprises.demo.exchange import exchange_stories
from enterprises.demo.ledgers import prepare_ledgers
from enterprises.demo.life import life_stories
from enterprises.demo.sources import copy_stories, prepare_sources, source_stories
from enterprises.demo.truth import truth_stories

__all__ = [
    "DISTRICTS",
    "INDUSTRIES",
    "ORGANISATION_WEIGHTS",
    "WORDS",
    "industry_counts",
    "prepare",
    "stories",
]


def prepare(stage: Stage) -> None:
    """Write the enterprises, then what each part of their files holds on the first day."""
    base.prepare(stage)
    prepare_sources(stage)
    prepare_ledgers(stage)


def stories(stage: Stage) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    """Give everything that happens to enterprises while the city plays."""
    yield from base.stories(stage)
    yield from source_stories(stage)
    yield from copy_stories(stage)
    yield from truth_stories(stage)
    yield from life_stories(stage)
    yield from exchange_stories(stage)
