"""Rows of ledgers: lawful facts made from what each field is."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import BooleanField, DateField, DateTimeField, DecimalField, IntegerField
from openpyxl import Workbook

from accounts.models import User
from enterprises.ledgers import Ledger, find
from enterprises.ledgers.importing import LEDGER_IMPORTS
from enterprises.models import Enterprise, LedgerRow
from listings.models import Job
from listings.tasks import run_job
from listings.views_import import start
from tests.people import AT

PAST, AHEAD = date(2025, 6, 1), date(2028, 5, 31)
MOMENT = datetime(2025, 6, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMED = {"cas": "71-43-2", "phone": "13605460001", "key_kind": "", "title": "标题", "year": 2025}


def facts_of(ledger: Ledger, **given: Any) -> dict[str, Any]:
    """Return right answers for every field of the ledger's form."""
    found = {each.name: value_of(ledger, each) for each in ledger.fields}
    if ledger.code == "licences":
        # Another place than the file's would be a conflict.
        found["title"] = found["address"] = ""
    return {**found, **given}


def value_of(ledger: Ledger, field: Any) -> Any:
    """Return a right answer for one field."""
    if field.name in NAMED:
        return NAMED[field.name]
    if field.choices:
        return field.get_default() or field.flatchoices[0][0]
    if isinstance(field, BooleanField):
        return field.get_default()
    if isinstance(field, DateTimeField):
        return MOMENT
    if isinstance(field, DateField):
        return AHEAD if field.name == ledger.expiry else PAST
    if isinstance(field, DecimalField):
        return Decimal("12.50") if field.decimal_places == 2 else Decimal("12.500")
    if isinstance(field, IntegerField):
        return 3
    return "砂光车间"


def make_row(code: str, enterprise: Enterprise, **given: Any) -> LedgerRow:
    """Put a row into a ledger, past all services."""
    ledger = find(code)
    return ledger.model.objects.create(
        enterprise=enterprise, created_at=AT, updated_at=AT, **facts_of(ledger, **given)
    )


def papers(first: date, days: int = 365) -> dict[str, date]:
    """Return the days of a paper that is valid from a day on."""
    return {"valid_from": first, "valid_to": first + timedelta(days=days - 1)}


def workbook(code: str, *rows: dict[str, Any]) -> bytes:
    """An .xlsx of a ledger: each row gives the owner's code as `enterprise`, and cells by field."""
    heads = {column.name: column.head for column in LEDGER_IMPORTS[code].columns}
    names = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook()
    book.active.append([heads[name] for name in names])
    for row in rows:
        book.active.append([in_a_cell(row.get(name, "")) for name in names])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def in_a_cell(value: Any) -> Any:
    """A value as a workbook holds it: moments by the clock on the wall."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def checked(user: User, code: str, *rows: dict[str, Any]) -> Job:
    """An import of these rows, checked."""
    file = SimpleUploadedFile("台账.xlsx", workbook(code, *rows))
    return taken(start(LEDGER_IMPORTS[code], file, by=user))


def taken(job: Job) -> Job:
    """The import after the worker took the step that is due."""
    run_job(job.pk)
    job.refresh_from_db()
    return job
