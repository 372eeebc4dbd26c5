"""What the clock does with the files of enterprises; a task may run twice or at once without harm."""

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from enterprises.ledgers import clocks
from enterprises.life import handover, stops
from enterprises.sources.copies import services
from enterprises.truth import checks, permits, score


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
def compare_licences(since: str, after: int = 0) -> int | None:
    """Compare the licences that an import wrote at the moment with their files, a batch at a time."""
    last = permits.compare_licences(since=parse_datetime(since), at=timezone.now(), after=after)
    if last is not None:
        compare_licences.delay(since, last)
    return last


@shared_task
def open_source_copies() -> int:
    """Let the filings of the period before fall due to be sent upward; on most days there are none."""
    return services.open_source_copies(at=timezone.now())


@shared_task
def rate_files() -> tuple[int, int, int]:
    """Rate all files anew, for what was fresh yesterday may be stale today; ask towns to verify what is."""
    at = timezone.now()
    return (score.refresh(on=timezone.localdate(at)), *checks.start_checks(at=at))
