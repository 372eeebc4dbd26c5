"""One row iterator, two writers; nothing of the whole list is held in memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.core.files import File
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from listings import jobs
from listings.models import Job
from listings.spreadsheets import TYPES, append, harmless, plain

if TYPE_CHECKING:
    from listings.pages import ListPage

CHUNK = 2000
AS_THEY_ARE = frozenset({str, int, type(None)})
# A sheet holds 1,048,576 rows.
SHEET_ROWS = 1_000_000
TITLE_LENGTH = 31
Progress = Callable[[int], None]


def untold(done: int) -> None:
    """Tell nobody."""


def rows_of(page: ListPage, progress: Progress = untold) -> Iterator[list[Any]]:
    """Give the heads, then every row that matches, in the order and the columns shown, as plain values."""
    yield heads_of(page)
    readers = [column.reader for column in page.chosen]
    done = 0
    for rows in page.every(CHUNK):
        for row in rows:
            values = [read(row) for read in readers]
            yield [value if value.__class__ in AS_THEY_ARE else plain(value) for value in values]
        done += len(rows)
        progress(done)


def heads_of(page: ListPage) -> list[str]:
    """Return the heads of the columns shown."""
    return [str(column.label) for column in page.chosen]


def write(page: ListPage, kind: str, file: IO[bytes], progress: Progress = untold) -> int:
    """Write the list and return the number of rows."""
    return {"xlsx": write_xlsx, "csv": write_csv}[kind](page, file, progress)


# ── workbooks ─────────────────────────────────────────────────────────────────


def write_xlsx(page: ListPage, file: IO[bytes], progress: Progress = untold) -> int:
    """Write a workbook row by row; its last sheet says what was filtered, by whom and when."""
    book = Workbook(write_only=True)
    rows, count, number = rows_of(page, progress), 0, 0
    heads = next(rows)
    while number == 0 or count == number * SHEET_ROWS:
        number += 1
        name = str(page.title)[:TITLE_LENGTH]
        sheet = book.create_sheet(name if number == 1 else f"{name[:26]} {number}")
        for place in range(1, len(page.chosen) + 1):
            sheet.column_dimensions[get_column_letter(place)].width = 18
        sheet.freeze_panes = "A2"
        append(sheet, heads)
        for cells in islice(rows, SHEET_ROWS):
            append(sheet, cells)
            count += 1
    about(book, page, count)
    book.save(file)
    return count


def about(book: Workbook, page: ListPage, count: int) -> None:
    """Say on a sheet of its own what the file holds."""
    sheet = book.create_sheet(_("About this file")[:TITLE_LENGTH])
    sheet.column_dimensions["B"].width = 80
    for line in lines_about(page, count):
        append(sheet, line)


def lines_about(page: ListPage, count: int) -> list[list[Any]]:
    """Return what, under which conditions, how many, by whom and when."""
    return [
        [_("List"), str(page.title)],
        [_("Conditions"), page.words],
        [_("Rows"), count],
        [_("Exported by"), page.user.name],
        [_("Exported at"), localtime(timezone.now()).replace(tzinfo=None, microsecond=0)],
    ]


# ── text files ────────────────────────────────────────────────────────────────


def write_csv(page: ListPage, file: IO[bytes], progress: Progress = untold) -> int:
    """Write comma-separated text with the mark by which spreadsheet programs know UTF-8."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    count = 0
    for count, cells in enumerate(rows_of(page, progress)):  # noqa: B007 - the last number is what is returned
        writer.writerow([harmless(cell) for cell in cells])
    text.flush()
    # The file goes on to whoever sent it here.
    text.detach()
    return count


# ── answers ───────────────────────────────────────────────────────────────────


def answer(page: ListPage, kind: str) -> HttpResponse:
    """Return the file at once."""
    file = BytesIO()
    write(page, kind, file)
    response = HttpResponse(file.getvalue(), content_type=TYPES[kind])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{page.title}.{kind}")
    return response


def work(job: Job) -> None:
    """Write the file of an export in the worker; taken up again, it begins anew and replaces the file."""
    page, kind = jobs.page_of(job), job.params["format"]

    def progress(done: int) -> None:
        Job.objects.filter(pk=job.pk).update(done=done)

    with tempfile.TemporaryFile() as file:
        job.done = job.total = write(page, kind, file, progress)
        file.seek(0)
        job.file.delete(save=False)
        job.file.save(f"{job.pk}-{page.export_name}.{kind}", File(file), save=False)
