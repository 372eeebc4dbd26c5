"""Put the State Council's holiday arrangement of the years into the calendar."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from deadlines.services import recount
from deadlines.state_council import load, years_announced


class Command(BaseCommand):
    """`manage.py load_working_days` may be run again: days that an administrator entered stay as they are."""

    help = "Load public holidays and make-up working days; years not announced yet count by weekends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the first year to load."""
        parser.add_argument("--since", type=int, default=2015, help="first year (2015)")

    def handle(self, *, since: int, **options: Any) -> None:
        """Load, count open deadlines again, and say what was done."""
        added = load(since=since)
        moved = recount(at=timezone.now(), by=None)
        first, last = years_announced()
        self.stdout.write(f"{added} days added ({max(first, since)}–{last}); {moved} open deadlines moved.")
