"""Workbooks of enterprises to import, and an import as the worker would take it."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.models import User
from enterprises.importing import ENTERPRISES
from listings.models import Job
from listings.tasks import run_job
from listings.views_import import start
from tests.factories.enterprises import valid_uscc

HEADS = {column.name: column.head for column in ENTERPRISES.columns}


def facts(serial: int = 1, **cells: Any) -> dict[str, Any]:
    """The cells of one right row, by field; others may be given."""
    return {
        "uscc": valid_uscc(900_000 + serial),
        "name": f"广饶听松机械有限公司{serial}",
        "region": "370523101000",
        "production_address": "大王镇工业路北12号",
        "principal_name": "高砚平",
        "principal_phone": "13605460001",
        "contact_name": "陆春生",
        "contact_phone": "13605460002",
        "industry_code": 3511,
        "regulatory_category": "industry_trade",
        **cells,
    }


def workbook(*rows: dict[str, Any], extra: dict[str, Any] | None = None) -> bytes:
    """An .xlsx with a column for every field that a row has."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or list(facts())
    book = Workbook()
    sheet = book.active
    sheet.append([HEADS[name] for name in names] + list(extra or {}))
    for row in rows:
        sheet.append([row.get(name, "") for name in names] + list((extra or {}).values()))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def sent_in(user: User, content: bytes, name: str = "企业.xlsx") -> Job:
    """An import waiting for the worker."""
    return start(ENTERPRISES, SimpleUploadedFile(name, content), by=user)


def taken(job: Job) -> Job:
    """The import after the worker took the step that is due."""
    run_job(job.pk)
    job.refresh_from_db()
    return job


def checked(user: User, *rows: dict[str, Any]) -> Job:
    """An import of these rows, checked."""
    return taken(sent_in(user, workbook(*rows)))


def pressed(job: Job) -> Job:
    """The import with "write" pressed, waiting for the worker."""
    Job.objects.filter(pk=job.pk).update(state="waiting", params={**job.params, "step": "apply"})
    job.refresh_from_db()
    return job


def reasons(job: Job) -> list[tuple[int, str, str]]:
    """Row, field and sentence of what the result page shows as wrong."""
    fields = {head: name for name, head in HEADS.items()}
    return [(row, fields[head], sentence) for row, head, _cell, sentence in job.result["errors"]]
