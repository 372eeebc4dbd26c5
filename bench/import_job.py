"""The job of the import measurement: made, taken step by step as the worker takes it, and removed without a trace."""

from datetime import date, timedelta

from django.core.files import File
from django.db import connection
from django.utils import timezone

from accounts.models import Post, Role, User
from enterprises.importing import ENTERPRISES
from enterprises.models import Enterprise
from listings.importing import work
from listings.models import Job, JobKind, JobState
from listings.tasks import run_job
from regions.services import load_shipped

NAME = "bench-import"
MARK = "91900000Q"


def prepared(path: str) -> Job:
    """Return an import of the file by an invented officer of the city, in a database that has the divisions."""
    load_shipped()
    user, _new = User.objects.get_or_create(username=NAME, defaults={"name": NAME})
    Post.objects.get_or_create(
        user=user, role=Role.CITY, region_id="3705", defaults={"from_on": date(2020, 1, 1), "title": NAME}
    )
    now = timezone.now()
    job = Job(
        kind=JobKind.IMPORT,
        user=user,
        page=ENTERPRISES.key,
        title=NAME,
        params={"step": work.CHECK, "file": "enterprises.xlsx"},
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    with open(path, "rb") as file:
        job.source.save("import.xlsx", File(file), save=False)
    job.save()
    return job


def take_step(job: Job, step: str) -> None:
    """Press the button and let the worker's task run here."""
    job.refresh_from_db()
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, params={**job.params, "step": step})
    run_job(job.pk)
    job.refresh_from_db()
    if job.state not in {JobState.CHECKED, JobState.DONE}:
        raise RuntimeError(f"the import ended as {job.state}: {job.message}")


def cleared(job: Job) -> None:
    """Remove the enterprises and their history; the entry on record stays, as every entry does."""
    work.discard(job)
    rows = Enterprise.objects.filter(uscc__startswith=MARK)
    history = Enterprise.pgh_event_model.objects.filter(uscc__startswith=MARK)
    for each in (history, rows):
        each._raw_delete(connection.alias)
