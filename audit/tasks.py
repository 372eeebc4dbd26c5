"""Sealing in the background."""

import logging

from celery import shared_task

from audit import sealing

logger = logging.getLogger(__name__)


@shared_task
def seal() -> int:
    """Seal what has been recorded since the last time."""
    return _sealed(everything=False)


@shared_task
def seal_stragglers() -> int:
    """Seal what came so late that the minute's round no longer looks for it."""
    return _sealed(everything=True)


def _sealed(*, everything: bool) -> int:
    sealed = sealing.seal_all(everything=everything)
    if sealed:
        # The log is kept elsewhere: with this line nobody can cut off the end of the chain unseen.
        logger.info("sealed %s entries, head %s:%s", sealed, *sealing.head())
    return sealed
