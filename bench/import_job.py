"""The job of the import measurement: made, taken step by step as the worker takes it, and removed without a trace."""

from datetime import date, timedelta

import pgtrigger
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from pghistory.models import Event

from accounts.models import Post, Role, User
from deadlines.models import Deadline
from enterprises.importing import ENTERPRISES
from enterprises.models import Enterprise, SourceUnit
from lifecycle.models import StateChange
from listings.importing import work
from listings.importing.spec import Book, ImportSpec
from listings.models import Job, JobKind, JobState
from listings.tasks import run_job
from regions.services import load_shipped

NAME = "bench-import"
MARK = "91900000Q"


def prepared(path: str, spec: ImportSpec | Book = ENTERPRISES) -> Job:
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
        page=spec.key,
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
    """Remove the enterprises with all that belongs to them and its history; entries on record stay, as every entry does."""
    work.discard(job)
    rows = Enterprise.objects.filter(uscc__startswith=MARK)
    # What is never deleted elsewhere goes too: it is not of this city.
    with pgtrigger.ignore():
        units = SourceUnit.objects.filter(enterprise__in=rows)
        kind = ContentType.objects.get_for_model(SourceUnit)
        for model in (Deadline, StateChange):
            remove(model.objects.filter(target_type=kind, target_id__in=units.values("pk")))
        remove(rows)


def remove(rows: QuerySet) -> None:
    """Remove rows, what refers to them, and their history, without telling anybody."""
    model, keys = rows.model, rows.values("pk")
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.one_to_many or relation.one_to_one and relation.auto_created:
            related = relation.related_model
            if related is not model and not issubclass(related, Event):
                remove(related._base_manager.filter(**{f"{relation.field.name}__in": keys}))
    if history := getattr(model, "pgh_event_model", None):
        history._base_manager.filter(pgh_obj_id__in=keys)._raw_delete(connection.alias)
    model._base_manager.filter(pk__in=keys)._raw_delete(connection.alias)
