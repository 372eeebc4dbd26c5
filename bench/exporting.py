"""The export of 400,000 enterprises beside openpyxl's write-only mode on the same cells, each in its own process."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.figures import Line, line, peak_megabytes

ROWS = 400_000
MEMORY_GOAL = 300


def measure(rows: int = ROWS) -> list[Line]:
    """Return the figures of the export."""
    with tempfile.TemporaryDirectory() as folder:
        cells = str(Path(folder) / "cells")
        child("gather", rows, cells)
        floor = child("floor", rows, cells)
    ours = child("ours", rows)
    return [
        line("export", f"export of {rows:,} enterprises", ours["seconds"], floor["seconds"], "s", 1.5),
        line(
            "export", f"export of {rows:,} enterprises, peak memory", ours["megabytes"], MEMORY_GOAL, "MB", 1
        ),
    ]


def child(what: str, rows: int, *more: str) -> dict[str, Any]:
    """Run one side in its own process and return what it reports."""
    command = [sys.executable, "-m", "bench.exporting", what, str(rows), *more]
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


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """Do the work and return its seconds and the process's peak memory."""
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "megabytes": peak_megabytes()}


def ours(rows: int) -> dict[str, Any]:
    """Write the export as the worker does: read from the database, drawn by the columns, written to the file."""
    from listings import exporting  # noqa: PLC0415

    page = page_of_city(rows)
    with tempfile.TemporaryFile() as file:
        return timed(lambda: exporting.write(page, "xlsx", file))


def gather(rows: int, path: str) -> dict[str, Any]:
    """Keep the cells of the export in a file, for the floor."""
    from listings import exporting  # noqa: PLC0415

    count = 0
    with open(path, "wb") as file:
        for count, cells in enumerate(exporting.rows_of(page_of_city(rows)), 1):  # noqa: B007
            pickle.dump(cells, file)
    return {"rows": count}


def floor(rows: int, path: str) -> dict[str, Any]:
    """Write the same rows by openpyxl alone; the time of reading them from the file is taken off."""
    reading = timed(lambda: sum(1 for _cells in kept(path)))["seconds"]
    with tempfile.TemporaryFile() as file:
        found = timed(lambda: write_floor(kept(path), file))
    return {**found, "seconds": found["seconds"] - reading}


def kept(path: str) -> Iterator[list[Any]]:
    """Give the rows of the file one after the other."""
    with open(path, "rb") as file:
        while True:
            try:
                yield pickle.load(file)  # noqa: S301 - our own file, written a moment ago
            except EOFError:
                return


def write_floor(rows: Iterable[list[Any]], file: Any) -> None:
    """Write the rows in openpyxl's write-only mode and do nothing else."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in rows:
        sheet.append(cells)
    book.save(file)


if __name__ == "__main__":
    import django

    django.setup()
    part = {"ours": ours, "gather": gather, "floor": floor}[sys.argv[1]]
    sys.stdout.write(json.dumps(part(int(sys.argv[2]), *sys.argv[3:])) + "\n")
