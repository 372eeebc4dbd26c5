"""A file about one record, made in the worker for the person who asked for it.

An app declares in its `reports.py` what it can put on paper:
`REPORTS = [Report("enterprises.file", write)]`, and begins one by `start`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.files import File
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from audit.services import record
from listings.discovery import declared
from listings.jobs import KEPT_FOR
from listings.models import Job, JobKind, JobState
from listings.tasks import run_job

Progress = Callable[[int, int], None]
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True)
class Report:
    """A kind of file: `write(job, file, progress)` writes it, and tells `progress` how far of how much it is."""

    key: str
    write: Callable[[Job, IO[bytes], Progress], None]


@transaction.atomic
def start(
    key: str,
    about: Model,
    *,
    verb: str,
    title: str,
    kind: str,
    params: dict[str, Any],
    by: User,
    at: datetime,
) -> Job:
    """Begin a file of this kind ("pdf", "docx"), or return the same one if the person's last is still under way.

    Who took it out stands on record as `verb`, once for each file.
    """
    wanted = {**params, "format": kind, "back": about.get_absolute_url()}
    rows = Job.objects.filter(kind=JobKind.REPORT, user=by, page=key, state__in=UNDER_WAY)
    if same := rows.filter(params=wanted).first():
        return same
    job = Job.objects.create(
        kind=JobKind.REPORT,
        user=by,
        page=key,
        title=title[:120],
        params=wanted,
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    record(by, verb, about, at=at, data={"format": kind})
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return job


def work(job: Job) -> None:
    """Write the file in the worker; taken up again, it begins anew and replaces the file."""
    found = next(each for each in declared("reports", "REPORTS") if each.key == job.page)

    def progress(done: int, total: int) -> None:
        job.done, job.total = done, total
        Job.objects.filter(pk=job.pk).update(done=done, total=total)

    with tempfile.TemporaryFile() as file:
        found.write(job, file, progress)
        file.seek(0)
        job.file.delete(save=False)
        job.file.save(f"{job.pk}-report.{job.params['format']}", File(file), save=False)
