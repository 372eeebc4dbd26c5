"""Load the checklists that ship with the project: `load_library`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from inspections.library.loading import load_library


class Command(BaseCommand):
    """Idempotent: a checklist that stands already is left as it is."""

    help = "Load the starter library of checklists (检查表库)."

    def handle(self, **options: Any) -> None:
        """Read the files and add what is missing; needs the rulebook and the criteria."""
        done = load_library(at=timezone.now())
        self.stdout.write(f"Added: {done.checklists} checklists, {done.items} items.")
