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
from listings.models import Job, JobKind, JobState
from listings.pages import PAGES, ListPage

BULK_CHUNK = 50


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job and say how it ended."""
    job = Job.objects.select_related("user").get(pk=pk)
    if job.is_over:
        return
    Job.objects.filter(pk=pk).update(state=JobState.RUNNING)
    try:
        with translation.override(job.user.language):
            {JobKind.EXPORT: run_export, JobKind.BULK: run_bulk}[JobKind(job.kind)](job)
    except Exception as error:
        finish(job, JobState.FAILED, message=_("It failed: %(why)s") % {"why": str(error)[:200]})
        raise
    finish(job, JobState.DONE)


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
