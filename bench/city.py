"""The import of a whole city: one workbook of many sheets, beside the time that openpyxl needs to read the same file.

As with the import of enterprises, each part runs in a process of its own, because the peak of memory is of the process.
"""

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.figures import Line, line, peak_megabytes
from bench.importing import MEMORY_GOAL, child, counts_of, enterprise, timed

ROWS = 60_000
# Out of so many rows one is an enterprise; the others are rows of its ledgers.
SHARE = 6
SOURCES = 60
WRONG_EVERY = 100
MODULE = "bench.city"


def measure(rows: int = ROWS) -> list[Line]:
    """Return the figures of the import: time beside the floor, and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "city.xlsx")
        written = child("write", path, str(rows), module=MODULE)
        # Before and after, so that whatever else the machine does counts for both.
        before = child("floor", path, module=MODULE)
        ours = child("import", path, module=MODULE)
        after = child("floor", path, module=MODULE)
        reader = child("reader", path)
    floor = (before["seconds"] + after["seconds"]) / 2
    name = f"import of a city, {written['rows']:,} rows on {written['sheets']} sheets"
    return [
        line("city", name, ours["seconds"], floor, "s", None, rows=ours["result"]),
        line("city", f"{name}, read and checked", ours["parts"]["read and checked"], floor, "s", 1),
        line("city", f"{name}, written", ours["parts"]["written"], floor, "s", None),
        line("city", f"{name}, peak memory", ours["megabytes"] + reader["megabytes"], MEMORY_GOAL, "MB", 1),
    ]


def write_file(path: str, rows: str) -> dict[str, Any]:
    """Write the workbook: enterprises, seven ledgers, and some major hazard sources."""
    from openpyxl import Workbook  # noqa: PLC0415 - each part loads only what it measures

    from enterprises.importing import CITY  # noqa: PLC0415

    parts = {part.key.rpartition(".")[2]: part for part in CITY.parts}
    book, companies = Workbook(write_only=True), int(rows) // SHARE
    makers = {**dict.fromkeys(["import"], company), **LEDGERS, **{name: SOURCE[name] for name in SOURCE}}
    count = 0
    for name, make in makers.items():
        spec = parts[name]
        heads = {column.name: column.head for column in spec.columns}
        first = make(0)
        sheet = book.create_sheet(spec.sheet)
        sheet.append([heads[column] for column in first])
        # A ledger has a few rows less than there are enterprises.
        lines = (
            companies if name == "import" else SOURCES if name in SOURCE else companies * 5 // len(LEDGERS)
        )
        for number in range(lines):
            sheet.append(list(make(number).values()))
        count += lines
    book.save(path)
    return {"rows": count, "sheets": len(makers)}


def company(number: int) -> dict[str, Any]:
    """Return the cells of one enterprise, one in a hundred wrong."""
    facts = enterprise(number)
    return facts | {"contact_phone": "1360546"} if number % WRONG_EVERY == WRONG_EVERY - 1 else facts


def owner(number: int) -> str:
    """Return the code of the enterprise to which a row belongs."""
    return enterprise(number)["uscc"]


def day(number: int, year: int = 2025) -> date:
    """Return some day of the year."""
    return date(year, 1 + number % 12, 1 + number % 28)


LEDGERS = {
    "facilities": lambda n: {
        "enterprise": owner(n),
        "name": f"{n % 9}号车间",
        "place": "厂区东侧",
        "quantity": n % 7,
        "commissioned_on": day(n, 2015),
    },
    "chemicals": lambda n: {
        "enterprise": owner(n),
        "name": ("甲苯", "乙醇", "丙酮")[n % 3],
        "place": "原料库",
        "max_storage": 1.5 + n % 40,
        "annual": 20 + n % 400,
    },
    "persons": lambda n: {
        "enterprise": owner(n),
        "name": f"高砚{n % 900}",
        "position": "full_time",
        "phone": f"136{n:08d}",
        "certificate_no": f"D{n:08d}",
        "valid_from": day(n, 2024),
        "valid_to": day(n, 2027),
    },
    "licences": lambda n: {
        "enterprise": owner(n),
        "kind": "危险化学品经营许可证",
        "number": f"鲁东危化经{n:07d}",
        "valid_from": day(n, 2024),
        "valid_to": day(n, 2027),
    },
    "special_equipment": lambda n: {
        "enterprise": owner(n),
        "code": f"3110{n:08d}",
        "name": "储气罐",
        "next_inspection_on": day(n, 2027),
    },
    "drills": lambda n: {
        "enterprise": owner(n),
        "topic": "火灾事故专项演练",
        "held_on": day(n),
        "participants": 10 + n % 40,
    },
    "materials": lambda n: {
        "enterprise": owner(n),
        "name": ("灭火器", "防毒面具")[n % 2],
        "model": "MFZ/ABC4",
        "quantity": 4 + n % 30,
        "place": "门卫室",
    },
}
PERSON, PHONE = "高砚平", "13605460001"
SOURCE = {
    "source_units": lambda n: {
        "enterprise": owner(n),
        "name": "甲醇罐区",
        "kind": "storage",
        "place": "厂区北侧",
        "residents_500m": n % 120,
        **{f"{who}_name": PERSON for who in ("principal", "technical", "operation")},
        **{f"{who}_phone": PHONE for who in ("principal", "technical", "operation")},
    },
    "source_substances": lambda n: {
        "unit": owner(n),
        "unit_name": "甲醇罐区",
        "name": "甲醇",
        "quantity": 400 + n % 3000,
    },
}


def read_floor(path: str) -> dict[str, Any]:
    """Read every cell of every sheet with openpyxl's read-only mode and do nothing with it."""
    from openpyxl import load_workbook  # noqa: PLC0415

    started = time.perf_counter()
    book = load_workbook(path, read_only=True)
    count = sum(1 for sheet in book for _row in sheet.iter_rows(values_only=True))
    return {"seconds": time.perf_counter() - started, "rows": count}


def run_import(path: str) -> dict[str, Any]:
    """Check and apply the file as the worker would, error workbook included, and clean up."""
    from bench.import_job import cleared, prepared, take_step  # noqa: PLC0415 - needs Django set up
    from enterprises.importing import CITY  # noqa: PLC0415

    job = prepared(path, CITY)
    try:
        parts = {"read and checked": timed(lambda: take_step(job, "check"))}
        parts["written"] = timed(lambda: take_step(job, "apply"))
        peak = peak_megabytes()
        job.refresh_from_db()
        return {"seconds": sum(parts.values()), "megabytes": peak, "parts": parts, "result": counts_of(job)}
    finally:
        cleared(job)


if __name__ == "__main__":
    if sys.argv[1] != "floor":
        import django

        django.setup()
    parts = {"write": write_file, "floor": read_floor, "import": run_import}
    sys.stdout.write(json.dumps(parts[sys.argv[1]](*sys.argv[2:])) + "\n")
