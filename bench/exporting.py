"""The export of 400,000 enterprises beside openpyxl's write-only mode on the same cells, each in its own process."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

ROWS = 400_000
MEMORY_GOAL = 300


def measure(rows: int = ROWS) -> list[dict[str, Any]]:
    """Return the figures of the export."""
    ours, floor = child("ours", rows), child("floor", rows)
    return [
        line("export of 400,000 enterprises", ours["seconds"], floor["seconds"], "s", 1.5),
        line("export, peak memory", ours["megabytes"], MEMORY_GOAL, "MB", 1),
    ]


def line(name: str, ours: float, floor: float, unit: str, goal: float) -> dict[str, Any]:
    """Return one figure as the results file holds it."""
    ratio = round(ours / floor, 2)
    return {
        "name": name,
        "ours": round(ours, 1),
        "floor": round(floor, 1),
        "unit": unit,
        "ratio": ratio,
        "goal": goal,
    }


def child(what: str, rows: int) -> dict[str, Any]:
    """Run one side in its own process and return what it reports."""
    command = [sys.executable, "-m", "bench.exporting", what, str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def page_of_city(rows: int) -> Any:
    """Return the list page of the whole city as its regulator sees it, cut to so many rows."""
    from django.http import HttpRequest, QueryDict  # noqa: PLC0415 - only after django.setup()

    from accounts.models import User  # noqa: PLC0415
    from enterprises.models import Enterprise  # noqa: PLC0415
    from enterprises.views.lists import EnterpriseList  # noqa: PLC0415

    page = EnterpriseList()
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", User.objects.get(username="bench-city"), QueryDict("")
    page.request = request
    last = Enterprise.objects.order_by("pk").values_list("pk", flat=True)[rows - 1 : rows].first()
    page.filtered = page.visible().filter(pk__lte=last) if last else page.visible()
    return page


def run(what: str, rows: int) -> None:
    """Write the file one way and report time and memory."""
    import django  # noqa: PLC0415

    django.setup()
    from listings import exporting  # noqa: PLC0415

    page = page_of_city(rows)
    with tempfile.TemporaryFile() as file:
        begun = time.perf_counter()
        if what == "ours":
            exporting.write(page, "xlsx", file)
        else:
            cells = next(iter(list(exporting.rows_of(first_of(page)))[1:]))
            begun = time.perf_counter()
            write_floor(cells, rows, file)
        seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": memory}) + "\n")


def first_of(page: Any) -> Any:
    """Cut the page to its first row."""
    first = page.filtered.order_by("pk").values_list("pk", flat=True).first()
    page.filtered = page.filtered.filter(pk=first)
    return page


def write_floor(cells: list[Any], rows: int, file: Any) -> None:
    """Write the same number of like rows by openpyxl alone."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _row in range(rows):
        sheet.append(cells)
    book.save(file)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
