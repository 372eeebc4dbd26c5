"""Long work of list pages, in the worker; a job that is taken up again begins anew and ends the same."""

import tempfile
from typing import Any

from celery import shared_task
from django.core.files import File
from django.http import HttpRequest, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lifecycle.services import bulk
from listings import exporting
from listings.importing import work
from listings.models import Job, JobKind, JobState
from listings.pages import PAGES, ListPage

BULK_CHUNK = 50
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job and say how it ended."""
    # A job given up has no row any more, and one that is over stays over, whatever the queue brings again.
    if not Job.objects.filter(pk=pk, state__in=UNDER_WAY).update(state=JobState.RUNNING):
        return
    job = Job.objects.select_related("user").get(pk=pk)
    try:
        with translation.override(job.user.language):
            {JobKind.EXPORT: run_export, JobKind.BULK: run_bulk, JobKind.IMPORT: work.run}[JobKind(job.kind)](
                job
            )
    except Exception as error:
        finish(job, JobState.FAILED, message=_("It failed: %(why)s") % {"why": str(error)[:200]})
        raise
    # An import has more than one way to end, and has said how in its own transaction.
    if job.kind != JobKind.IMPORT:
        finish(job, JobState.DONE)


@shared_task
def sweep_jobs() -> int:
    """Remove work whose time is over, with its files and staged rows."""
    jobs = list(Job.objects.filter(expires_at__lt=timezone.now()).exclude(state=JobState.RUNNING))
    for job in jobs:
        work.discard(job)
    return len(jobs)


def page_of(job: Job) -> ListPage:
    """Return the list page of the job, as its person sees it now."""
    page = PAGES[job.page]()
    request = HttpRequest()
    request.method, request.user = "GET", job.user
    request.GET = QueryDict(job.params.get("query", ""))
    page.request = request
    return page


def run_export(job: Job) -> None:
    """Write the file of an export."""
    page, kind = page_of(job), job.params["format"]
    with tempfile.TemporaryFile() as file:
        job.done = job.total = exporting.write(page, kind, file)
        file.seek(0)
        job.file.save(f"{job.pk}-{page.export_name}.{kind}", File(file), save=False)


def run_bulk(job: Job) -> None:
    """Take a verb on many rows, a piece at a time, so that the progress moves."""
    page = page_of(job)
    verb = next(verb for verb in page.bulk_verbs if verb.name == job.params["verb"])
    ids, skipped, done = job.params["ids"], [], 0
    for start in range(0, len(ids), BULK_CHUNK):
        rows = page.visible().filter(pk__in=ids[start : start + BULK_CHUNK])
        result = bulk(verb.service, list(rows), by=job.user, at=timezone.now())
        done += len(result.done)
        skipped += [[str(row), why] for row, why in result.skipped]
        Job.objects.filter(pk=job.pk).update(done=start + BULK_CHUNK, total=len(ids))
    job.done = job.total = len(ids)
    job.result = {"done": done, "skipped": skipped[:1000], "skipped_count": len(skipped)}


def finish(job: Job, state: str, **changes: Any) -> None:
    """Write how the work ended."""
    job.state, job.finished_at = state, timezone.now()
    for name, value in changes.items():
        setattr(job, name, value)
    job.save()
