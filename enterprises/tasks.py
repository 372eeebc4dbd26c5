"""What the clock does with the files of enterprises; a task may run twice or at once without harm."""

from celery import shared_task
from django.utils import timezone

from enterprises.ledgers import clocks
from enterprises.life import handover, stops
from enterprises.truth import checks, score


@shared_task
def look_after_files() -> tuple[int, int, int]:
    """Start the clocks of imported stops; ask towns to reach enterprises whose officers are silent."""
    at = timezone.now()
    return (stops.start_missing_clocks(at=at), *handover.watch_officers(at=at))


@shared_task
def catch_up_ledgers() -> int:
    """Start the clocks of papers that came by an import, a batch at a time."""
    done = clocks.catch_up(at=timezone.now())
    if done >= clocks.BATCH:
        catch_up_ledgers.delay()
    return done


@shared_task
def rate_files() -> tuple[int, int, int]:
    """Rate all files anew, for what was fresh yesterday may be stale today; ask towns to verify what is."""
    at = timezone.now()
    return (score.refresh(on=timezone.localdate(at)), *checks.start_checks(at=at))
