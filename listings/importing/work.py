"""The two steps of an import in the worker: check, then — after a person has looked — apply.

Waiting → running → checked → waiting (apply pressed) → running → done. A step that is taken up again after the worker
was killed begins anew: checking replaces what was staged, and applying and saying so are one transaction.
"""

import tempfile
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.services import may
from audit.context import acting
from audit.services import record
from listings.importing import applying, checking, staging, workbooks
from listings.importing.parsers import written
from listings.importing.reading import Table, open_table
from listings.importing.spec import ImportSpec, Run, spec_of
from listings.importing.staging import Errors, Staged
from listings.models import Job, JobState

CHECK, APPLY = "check", "apply"
SHOWN_ERRORS = 50
SHOWN_LENGTH = 60
# The first number of the advisory locks that keep one import to one worker.
LOCK = 7_310_001
CHANGED_SINCE = gettext_noop(
    "The files have changed since the check; it was made again. Look at the result once more."
)


def run(job: Job) -> None:
    """Take the step that is due, unless another worker is at it; a file that cannot be read ends it with a sentence."""
    if not lock(job.pk):
        return
    try:
        job.refresh_from_db()
        now = timezone.now()
        if not job.is_over:
            step = apply if job.params.get("step") == APPLY else check
            step(job, at=now)
    except ValidationError as error:
        end(job, JobState.FAILED, at=now, message=error.messages[0])
    finally:
        unlock(job.pk)


def end(job: Job, state: str, *, at: datetime, message: str = "") -> None:
    """Write how the step ended."""
    job.state, job.finished_at, job.message = state, at, message[:300]
    job.save()


def lock(pk: int) -> bool:
    """Take the import for this worker; a killed worker's lock goes with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        return cursor.fetchone()[0]


def unlock(pk: int) -> None:
    """Give the import back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])


def check(job: Job, *, at: datetime, message: str = "") -> None:
    """Read the file into its table, judge it, and keep what the result page shows and the wrong rows."""
    spec = spec_of(job.page)
    refuse_without_post(job, spec)
    table = open_table(job.source.path)
    try:
        Job.objects.filter(pk=job.pk).update(done=0, total=table.total)
        name = staging.table_name(job.pk)
        staging.create(name, spec)
        run_facts = Run(job.user, timezone.localdate(at), spec.entries_of(job.user))
        staged = staging.load(name, spec, table, run_facts, lambda done: note_progress(job.pk, done))
        merge(staged.errors, checking.find(name, spec, run_facts.entries, run_facts.today))
        checking.remove(name, staged.errors)
        counts = checking.count(name, spec)
        job.result = {**asdict(counts), **told(spec, table, staged)}
        if staged.errors:
            keep_wrong_rows(job, spec, table, staged)
    finally:
        table.close()
    job.done = job.total = staged.rows
    job.params = {**job.params, "step": CHECK}
    end(job, JobState.CHECKED, at=at, message=message)


def refuse_without_post(job: Job, spec: ImportSpec) -> None:
    """A post may have ended between sending the file in and now."""
    if not may(job.user, spec.permission):
        raise ValidationError(_("Your post does not allow this import any more."))


def note_progress(pk: int, done: int) -> None:
    """Let the page see how far the reading is."""
    Job.objects.filter(pk=pk).update(done=done)


def merge(errors: Errors, more: Errors) -> None:
    """Add what the whole file showed; what was wrong with a cell by itself comes first."""
    for row_no, cells in more.items():
        known = errors.setdefault(row_no, {})
        for name, sentence in cells.items():
            known.setdefault(name, sentence)


def told(spec: ImportSpec, table: Table, staged: Staged) -> dict[str, Any]:
    """Return what the result page says about the file: how much is wrong, and the first of it."""
    heads = {column.name: column.head for column in spec.columns}
    numbers = sorted(staged.errors)
    first = set(numbers[:SHOWN_ERRORS])
    cells = {}
    for row_no, row in staging.numbered(table, staged.head) if first else ():
        if row_no in first:
            cells[row_no] = row
        if len(cells) == len(first):
            break
    lines = []
    for row_no in numbers[:SHOWN_ERRORS]:
        for name, sentence in staged.errors[row_no].items():
            place = staged.head.place_of(name)
            raw = cells[row_no][place] if place is not None and place < len(cells[row_no]) else ""
            lines.append([row_no, heads[name], written(raw)[:SHOWN_LENGTH], sentence])
    return {
        "rows": staged.rows,
        "wrong": len(staged.errors),
        "errors": lines[:SHOWN_ERRORS],
        "unknown_heads": staged.head.unknown[:20],
    }


def keep_wrong_rows(job: Job, spec: ImportSpec, table: Table, staged: Staged) -> None:
    """Write the workbook of the wrong rows and hang it on the job."""
    with tempfile.TemporaryFile() as file:
        rows = staging.numbered(table, staged.head)
        workbooks.wrong_rows(file, spec, staged.head, rows, staged.errors)
        file.seek(0)
        job.file.delete(save=False)
        job.file.save(f"{job.pk}-wrong.xlsx", File(file), save=False)


def apply(job: Job, *, at: datetime) -> None:
    """Write the checked rows, put it on record and close the job, all or nothing."""
    spec = spec_of(job.page)
    refuse_without_post(job, spec)
    name, entries = staging.table_name(job.pk), spec.entries_of(job.user)
    if not still_stands(job, name, spec, at):
        check(job, at=at, message=_(CHANGED_SINCE))
        return
    with transaction.atomic(), acting(job.user, spec.permission, at):
        counts = applying.write(name, spec, entries, at=at, today=timezone.localdate(at))
        data = {**asdict(counts), "wrong": job.result.get("wrong", 0), "file": job.params.get("file", "")}
        record(job.user, spec.permission, None, at=at, data=data)
        if spec.after:
            spec.after(at)
        job.result = {**job.result, **asdict(counts)}
        end(job, JobState.DONE, at=at)
        staging.drop(name)


def still_stands(job: Job, name: str, spec: ImportSpec, at: datetime) -> bool:
    """Say whether what the person looked at is still what would be written.

    An unlogged table is empty after a crash of the database; and codes or posts may have changed since the check.
    """
    if not staging.exists(name):
        return False
    counts = checking.count(name, spec)
    seen = (job.result.get("new"), job.result.get("changed"), job.result.get("unchanged"))
    return (counts.new, counts.changed, counts.unchanged) == seen and not checking.find(
        name, spec, spec.entries_of(job.user), timezone.localdate(at)
    )


def discard(job: Job) -> None:
    """Give up an import: its rows, its files and its job."""
    staging.drop(staging.table_name(job.pk))
    job.source.delete(save=False)
    job.file.delete(save=False)
    job.delete()
