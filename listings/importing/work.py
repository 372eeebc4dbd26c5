"""The two steps of an import in the worker: check, then — after a person has looked — apply.

Waiting → running → checked → waiting (apply pressed) → running → done. A step that is taken up again after the worker
was killed begins anew: checking replaces what was staged, and applying and saying so are one transaction.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
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
from listings.importing import applying, books, checking, owners, staging
from listings.importing.reading import Table, Tables
from listings.importing.spec import Book, FoundPolicy, ImportSpec, Run, Staging, declared_of
from listings.importing.staging import Errors, Head, Staged
from listings.importing.workbooks import WrongRows
from listings.models import Job, JobState

CHECK, APPLY = "check", "apply"
COUNTS = ("rows", "new", "changed", "unchanged", "wrong")
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
    """Read the file into its tables, judge it, and keep what the result page shows and the wrong rows."""
    book = declared_of(job.page)
    refuse_without_post(job, book)
    sheets = books.sheets_of(book, job.source.path)
    where = staging_of(job, book, at)
    for part in book.parts:
        staging.create(where.tables[part.key], part)
    with closing(Tables(job.source.path)) as tables:
        read = read_sheets(job, book, where, sheets, tables)
        errors = {part.key: read[part.key].errors for part in book.parts}
        for part in book.parts:
            if part.twins:
                books.suggest(where, part, errors[part.key])
        books.judge(where, book, errors)
        wrong = keep_wrong_rows(job, book, sheets, tables, read)
    found = [{**counted(where, part), **read_facts(read[part.key])} for part in book.parts]
    job.result = told(book, sheets, found) | {"errors": wrong, "stopped": is_stopped(where, errors)}
    job.done = job.total = job.result["rows"]
    job.params = {**job.params, "step": CHECK}
    end(job, JobState.CHECKED, at=at, message=message)


def staging_of(job: Job, book: ImportSpec | Book, at: datetime) -> Staging:
    """Return where the rows of an import are, and who imports on which day by which rule."""
    run = Run(job.user, timezone.localdate(at), ())
    tables = {part.key: staging.table_name(job.pk, number) for number, part in enumerate(book.parts)}
    policy = job.params.get("found", FoundPolicy.UPDATE)
    return Staging(run, tables, tuple(book.parts), job.pk, policy)


def read_sheets(
    job: Job, book: ImportSpec | Book, where: Staging, sheets: books.Sheets, tables: Tables
) -> dict[str, Staged]:
    """Send the rows of every sheet to its table, one sheet in the memory at a time."""
    total = books.rows_in(job.source.path, sheets) if isinstance(book, Book) else None
    read, before = {}, 0
    for part in book.parts:
        read[part.key] = Staged(Head(0, [], [], []))
        if part.key not in sheets.indexes:
            continue
        with tables.opened(sheets.indexes[part.key]) as table:
            Job.objects.filter(pk=job.pk).update(done=before, total=total or table.total)
            read[part.key] = read_sheet(job, part, where, table, before, several=total is not None)
        before += read[part.key].rows
    return read


def read_sheet(
    job: Job, part: ImportSpec, where: Staging, table: Table, before: int, *, several: bool
) -> Staged:
    """Send the rows of one sheet to its table; of several sheets, one without heads does not end the import."""
    try:
        head = staging.head_of(part, table)
    except ValidationError as error:
        if not several:
            raise
        return Staged(Head(0, [], [], []), problem=error.messages[0] if table.total else "")
    facts = Run(job.user, where.run.today, part.entries_of(job.user))
    name = where.tables[part.key]
    return staging.load(name, part, table, head, facts, lambda done: note_progress(job.pk, before + done))


def counted(where: Staging, part: ImportSpec) -> dict[str, int]:
    """Return what writing the right rows of a part would do."""
    return asdict(checking.count(where.tables[part.key], part, where.found))


def read_facts(staged: Staged) -> dict[str, Any]:
    """Return what the reading of a sheet gave."""
    return {
        "rows": staged.rows,
        "wrong": len(staged.errors),
        "unknown_heads": staged.head.unknown[:20],
        "problem": staged.problem,
    }


def refuse_without_post(job: Job, book: ImportSpec | Book) -> None:
    """A post may have ended between sending the file in and now."""
    if not all(may(job.user, permission) for permission in permissions_of(book)):
        raise ValidationError(_("Your post does not allow this import any more."))


def permissions_of(book: ImportSpec | Book) -> list[str]:
    """Return every permission that the import needs: its own, and that of each of its sheets."""
    return list(dict.fromkeys([book.permission, *(part.permission for part in book.parts)]))


def note_progress(pk: int, done: int) -> None:
    """Let the page see how far the reading is."""
    Job.objects.filter(pk=pk).update(done=done)


def told(book: ImportSpec | Book, sheets: books.Sheets, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the result page says: the sums, and each sheet of a workbook."""
    sums: dict[str, Any] = {name: sum(part[name] for part in found) for name in COUNTS}
    sums["unknown_heads"] = found[0]["unknown_heads"]
    if isinstance(book, Book):
        named = zip(book.parts, found, strict=True)
        there = [{"title": part.sheet, **facts} for part, facts in named if part.key in sheets.indexes]
        # The template has a sheet for everything; those left empty are named in one line.
        sums["sheets"] = [sheet for sheet in there if says_something(sheet)]
        sums["empty_sheets"] = [sheet["title"] for sheet in there if not says_something(sheet)]
        sums |= {"parts": found, "unknown_sheets": sheets.unknown[:20], "missing_sheets": sheets.missing}
    return sums


def says_something(sheet: dict[str, Any]) -> bool:
    """Say whether a sheet had rows, or anything that was not read."""
    return any(sheet[name] for name in (*COUNTS, "problem", "unknown_heads"))


def is_stopped(where: Staging, errors: dict[str, Errors]) -> bool:
    """Say whether something is on file in an import that is to write nothing then."""
    if where.found != FoundPolicy.STOP:
        return False
    sentence = checking.on_file_sentence()
    return any(sentence in cells.values() for part in errors.values() for cells in part.values())


def keep_wrong_rows(
    job: Job, book: ImportSpec | Book, sheets: books.Sheets, tables: Tables, read: dict[str, Staged]
) -> list[list[Any]]:
    """Write the workbook of the wrong rows of all sheets and hang it on the job; return the first of what is wrong."""
    job.file.delete(save=False)
    if not any(staged.errors for staged in read.values()):
        return []
    wrong = WrongRows(several=isinstance(book, Book))
    for part in book.parts:
        if read[part.key].errors:
            with tables.opened(sheets.indexes[part.key]) as table:
                wrong.add(part, read[part.key], table)
    with tempfile.TemporaryFile() as file:
        wrong.save(file)
        file.seek(0)
        job.file.save(f"{job.pk}-wrong.xlsx", File(file), save=False)
    return wrong.lines


def apply(job: Job, *, at: datetime) -> None:
    """Write the checked rows, put it on record and close the job, all or nothing."""
    book = declared_of(job.page)
    refuse_without_post(job, book)
    where = staging_of(job, book, at)
    seen = job.result.get("parts", [job.result])
    if job.result.get("stopped") or not books.stands(where, book, seen):
        check(job, at=at, message=_(CHANGED_SINCE))
        return
    with noting_aside(job.pk) as note, transaction.atomic(), acting(job.user, book.verb, at):
        counts = write_parts(where, book, at, note)
        sums = {name: sum(part[name] for part in counts) for name in counts[0]}
        data = {**sums, "wrong": job.result.get("wrong", 0), "file": job.params.get("file", "")}
        record(job.user, book.verb, None, at=at, data=data)
        for after in dict.fromkeys(part.after for part in book.parts if part.after):
            after(at)
        for take_over in dict.fromkeys(part.take_over for part in book.parts if part.take_over):
            take_over(job.user, at)
        job.result = {**job.result, **sums}
        end(job, JobState.DONE, at=at)
        drop_tables(job.pk)


def write_parts(
    where: Staging, book: ImportSpec | Book, at: datetime, note: Callable[[int], None]
) -> list[dict[str, int]]:
    """Write part after part; rows whose owner came with the same workbook are given it first."""
    # What an app writes by itself it may write with another part, so that it is counted before anything is written.
    counts = {part.key: counted(where, part) for part in book.parts if part.writer}
    done = 0
    for part in book.parts:
        owners.attach(where, part)
        table, entries = where.tables[part.key], part.entries_of(where.run.user)
        if part.writer:
            part.writer(where, part, at)
        else:
            counts[part.key] = asdict(
                applying.write(table, part, entries, at=at, today=where.run.today, policy=where.found)
            )
            if part.keep_sealed:
                part.keep_sealed(table, at)
        done += sum(counts[part.key].values())
        note(done)
    return [counts[part.key] for part in book.parts]


@contextmanager
def noting_aside(pk: int) -> Iterator[Callable[[int], None]]:
    """Let the page see how far the writing is, though it is one transaction: by a connection of its own."""
    aside = connection.copy()

    def note(done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute("UPDATE listings_job SET done = %s WHERE id = %s", [done, pk])

    try:
        yield note
    finally:
        aside.close()


def drop_tables(pk: int) -> None:
    """Remove the tables of an import."""
    for table in staging.table_names(pk):
        staging.drop(table)


def discard(job: Job) -> None:
    """Give up an import: its rows, its files and its job."""
    drop_tables(job.pk)
    job.source.delete(save=False)
    job.file.delete(save=False)
    job.delete()
