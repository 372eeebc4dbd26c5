"""Long work of list pages, in the worker; a job that is taken up again ends the same."""

from datetime import timedelta

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from listings.importing import work
from listings.models import Job, JobKind, JobState

UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
# Named and not imported: they know the list pages, and the list pages begin jobs.
WORK = {
    JobKind.EXPORT: "listings.exporting.work",
    JobKind.BULK: "listings.bulk.work",
    JobKind.IMPORT: "listings.importing.work.run",
    JobKind.REPORT: "listings.reporting.work",
}
# A job that was not taken up by then has lost its place in the queue.
LOST_AFTER = timedelta(minutes=2)


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job and say how it ended, unless another worker is at it."""
    # A job given up has no row any more, and one that is over stays over, whatever the queue brings again.
    job = Job.objects.select_related("user").filter(pk=pk, state__in=UNDER_WAY).first()
    if job is None or not work.lock(pk):
        return
    try:
        carry_out(job)
    finally:
        work.unlock(pk)


def carry_out(job: Job) -> None:
    """Do the work; a database that went away says nothing about the job, which is taken up again later."""
    if not Job.objects.filter(pk=job.pk, state__in=UNDER_WAY).update(state=JobState.RUNNING):
        return
    job.refresh_from_db()
    try:
        with translation.override(job.user.language):
            import_string(WORK[JobKind(job.kind)])(job)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        finish(job, JobState.FAILED, message=_("It failed: %(why)s") % {"why": str(error)[:200]})
        raise
    # An import has more than one way to end, and has said how in its own transaction.
    if job.kind != JobKind.IMPORT:
        finish(job, JobState.DONE)


@shared_task
def resume_jobs() -> int:
    """Queue again what a broken worker, queue or database left unfinished."""
    lost = Job.objects.filter(
        state__in=UNDER_WAY, created_at__lt=timezone.now() - LOST_AFTER, expires_at__gt=timezone.now()
    )
    found = [pk for pk in lost.values_list("pk", flat=True) if is_free(pk)]
    for pk in found:
        run_job.delay(pk)
    return len(found)


def is_free(pk: int) -> bool:
    """Say whether no worker is at the job."""
    free = work.lock(pk)
    if free:
        work.unlock(pk)
    return free


@shared_task
def sweep_jobs() -> int:
    """Remove work whose time is over, with its files and staged rows."""
    jobs = list(Job.objects.filter(expires_at__lt=timezone.now()).exclude(state=JobState.RUNNING))
    for job in jobs:
        work.discard(job)
    return len(jobs)


def finish(job: Job, state: str, **changes: str) -> None:
    """Write how the work ended."""
    job.state, job.finished_at = state, timezone.now()
    for name, value in changes.items():
        setattr(job, name, value)
    job.save()
