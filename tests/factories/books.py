"""Workbooks of several sheets to import, and an import of one as the worker would take it."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.models import User
from enterprises.importing import CITY, SOURCES
from listings.importing.spec import Book
from listings.models import Job
from listings.views_import import start
from tests.factories.imports import facts, pressed, taken

Rows = dict[str, list[dict[str, Any]]]
PARTS = {part.key.rpartition(".")[2]: part for part in CITY.parts}


def company(serial: int = 1, **cells: Any) -> dict[str, Any]:
    """The cells of one right row of the sheet of enterprises."""
    return facts(serial, **cells)


def unit(code: str, name: str = "甲醇罐区", **cells: Any) -> dict[str, Any]:
    """The cells of one right row of the sheet of units."""
    return {
        "enterprise": code,
        "name": name,
        "kind": "storage",
        "place": "厂区北侧",
        "residents_500m": 40,
        "principal_name": "高砚平",
        "principal_phone": "13605460001",
        "technical_name": "陆春生",
        "technical_phone": "13605460002",
        "operation_name": "冯守田",
        "operation_phone": "13605460003",
        **cells,
    }


def substance(code: str, name: str = "甲醇", quantity: float = 600, **cells: Any) -> dict[str, Any]:
    """The cells of one right row of the sheet of substances."""
    return {"unit": code, "unit_name": "甲醇罐区", "name": name, "quantity": quantity, **cells}


def book(rows: Rows, *, more: tuple[str, ...] = ()) -> bytes:
    """An .xlsx with a sheet for each part, and further sheets of these names."""
    work = Workbook(write_only=True)
    for part, lines in rows.items():
        spec = PARTS[part]
        heads = {column.name: column.head for column in spec.columns}
        names = list(dict.fromkeys(name for line in lines for name in line)) or list(heads)
        sheet = work.create_sheet(spec.sheet)
        sheet.append([heads[name] for name in names])
        for line in lines:
            sheet.append([line.get(name, "") for name in names])
    for name in more:
        work.create_sheet(name).append(["一", "二"])
    file = BytesIO()
    work.save(file)
    return file.getvalue()


def sent(user: User, content: bytes, *, spec: Book = CITY, found: str = "update") -> Job:
    """An import of several sheets waiting for the worker."""
    return start(spec, SimpleUploadedFile("全市.xlsx", content), by=user, found=found)


def tried(user: User, *, spec: Book = CITY, found: str = "update", **rows: list[dict[str, Any]]) -> Job:
    """An import of these rows, checked; sheets are named by the last word of their part's key."""
    return taken(
        sent(
            user,
            book({PART_OF.get(name, name): lines for name, lines in rows.items()}),
            spec=spec,
            found=found,
        )
    )


def put_in(job: Job) -> Job:
    """The import with "write" pressed, and done."""
    return taken(pressed(job))


def wrong(job: Job) -> list[tuple[str, int, str]]:
    """Sheet, row and column of what the result page shows as wrong."""
    return [(sheet, row, head) for row, head, _cell, _sentence, sheet in job.result["errors"]]


def sums(job: Job) -> tuple[int, ...]:
    """New, changed, unchanged, wrong."""
    return tuple(job.result[name] for name in ("new", "changed", "unchanged", "wrong"))


PART_OF = {"enterprises": "import", "units": "source_units", "substances": "source_substances"}
SPECS = {"city": CITY, "sources": SOURCES}
