"""The import of 50,000 enterprises beside the time that openpyxl needs to read the same file.

Both run in a process of their own, because the peak of memory is a figure of the process. The import's process works in
a transaction-free way as the worker does, and removes what it wrote.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench.figures import Line, line, peak_megabytes

ROWS = 50_000
WRONG_EVERY = 50
MEMORY_GOAL = 300
PREFIX = "90000000"


def measure(rows: int = ROWS) -> list[Line]:
    """Return the figures of the import: time beside the floor, and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "enterprises.xlsx")
        child("write", path, str(rows))
        # Before and after, so that whatever else the machine does counts for both.
        before, ours, after = child("floor", path), child("import", path), child("floor", path)
        reader = child("reader", path)
    floor = (before["seconds"] + after["seconds"]) / 2
    name = f"import of {rows:,} enterprises"
    return [
        line("import", name, ours["seconds"], floor, "s", 1, aim=0.5, rows=ours["result"]),
        line("import", f"{name}, peak memory", ours["megabytes"] + reader["megabytes"], MEMORY_GOAL, "MB", 1),
        *(
            line("import", f"import: {part}", seconds, floor, "s", None)
            for part, seconds in ours["parts"].items()
        ),
    ]


def child(what: str, *args: str, module: str = "bench.importing") -> dict[str, Any]:
    """Run a part in its own process and return what it reports."""
    command = [sys.executable, "-m", module, what, *args]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def write_file(path: str, rows: str) -> dict[str, Any]:
    """Write the workbook: thirty columns, every fiftieth row wrong in one of several ways."""
    from openpyxl import Workbook  # noqa: PLC0415 - each part loads only what it measures

    from enterprises.importing import COLUMNS  # noqa: PLC0415

    given = enterprise(0)
    columns = [column for column in COLUMNS if column.name in given]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("填写")
    sheet.append([column.head for column in columns])
    for number in range(int(rows)):
        facts = enterprise(number)
        if number % WRONG_EVERY == 0:
            facts.update(MISTAKES[number // WRONG_EVERY % len(MISTAKES)])
        sheet.append([facts[column.name] for column in columns])
    book.save(path)
    return {"columns": len(columns)}


MISTAKES: tuple[dict[str, Any], ...] = (
    {"uscc": "91370523MA0000001X"},
    {"region": "370599001001"},
    {"established_on": date(2090, 1, 1)},
    {"contact_phone": "1360546"},
    {"regulatory_category": "航天"},
)


def enterprise(number: int) -> dict[str, Any]:
    """Return the cells of one invented enterprise."""
    from stdnum.cn import uscc  # noqa: PLC0415

    body = f"91{PREFIX[:6]}Q{number:08d}"
    phone = f"136{number:08d}"
    return {
        "uscc": body + uscc.calc_check_digit(body),
        "name": f"东营演算第{number}号材料科技有限公司",
        "enterprise_type": ("limited", "sole", "joint_stock")[number % 3],
        "registered_capital": 50 + number % 5000,
        "established_on": date(2000 + number % 25, 1 + number % 12, 1 + number % 28),
        "business_scope": f"金属材料、化工原料（不含危险化学品）的加工与销售；第{number % 97}类一般项目。",
        "region": ("370523101", "广饶县大王镇")[number % 2],
        "production_address": f"工业园区经{number % 40}路{number}号",
        "longitude": 118.2 + number % 1000 / 2000,
        "latitude": 37.0 + number % 1000 / 2000,
        "legal_rep_name": f"高砚{number % 900}",
        "legal_rep_phone": phone,
        "principal_name": f"高砚{number % 900}",
        "principal_phone": phone,
        "safety_head": f"陆春{number % 700}",
        "contact_name": f"陆春{number % 700}",
        "contact_phone": phone,
        "duty_phone": f"0546-{6000000 + number}",
        "employees": number % 900,
        "full_time_safety_managers": number % 5,
        "part_time_safety_managers": number % 3,
        "industry_code": f"{2600 + number % 90}",
        "regulatory_category": ("industry_trade", "hazchem")[number % 2],
        "sub_category": ("机械", "生产")[number % 2],
        "raw_materials": "钢材、树脂",
        "risk_tags": ("dust", "ammonia、gas", "")[number % 3],
        "is_above_designated": "否",
        "size": "small",
        "operating_status": "normal",
        "supervision_level": "town",
    }


def read_floor(path: str) -> dict[str, Any]:
    """Read every cell with openpyxl's read-only mode and do nothing with it."""
    from openpyxl import load_workbook  # noqa: PLC0415

    started = time.perf_counter()
    book = load_workbook(path, read_only=True)
    count = sum(1 for _row in book.active.iter_rows(values_only=True))
    return {"seconds": time.perf_counter() - started, "rows": count}


def run_reader(path: str) -> dict[str, Any]:
    """Read large sheets as the import's second process does; its memory counts beside that of the first."""
    from listings.importing import beside, pieces  # noqa: PLC0415 - it needs no Django, as in the import

    with zipfile.ZipFile(path) as archive:
        parts = pieces.sheet_parts(archive)
    for part in filter(partial(pieces.can_be_cut, path), parts):
        with tempfile.TemporaryFile() as kept:
            for _size in beside.read_into(kept.fileno(), path, part, pieces.PIECE_SIZE):
                pass
    return {"megabytes": peak_megabytes()}


def run_import(path: str) -> dict[str, Any]:
    """Check and apply the file as the worker would, error workbook included, and clean up."""
    from bench.import_job import cleared, prepared, take_step  # noqa: PLC0415 - needs Django set up

    job = prepared(path)
    try:
        parts = {"read, check, error workbook": timed(lambda: take_step(job, "check"))}
        parts["apply"] = timed(lambda: take_step(job, "apply"))
        peak = peak_megabytes()
        job.refresh_from_db()
        return {"seconds": sum(parts.values()), "megabytes": peak, "parts": parts, "result": counts_of(job)}
    finally:
        cleared(job)


def counts_of(job: Any) -> dict[str, int]:
    """Return what the import says it did."""
    return {name: job.result[name] for name in ("new", "changed", "unchanged", "wrong")}


def timed(step: Callable[[], None]) -> float:
    """Return the seconds that a step takes."""
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1] not in {"floor", "reader"}:
        import django

        django.setup()
    parts = {"write": write_file, "floor": read_floor, "import": run_import, "reader": run_reader}
    sys.stdout.write(json.dumps(parts[sys.argv[1]](*sys.argv[2:])) + "\n")
