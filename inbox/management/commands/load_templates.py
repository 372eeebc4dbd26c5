"""Give every notice that the apps declare its rows in the table of wordings."""

from typing import Any

from django.core.management.base import BaseCommand

from inbox.services import load_templates


class Command(BaseCommand):
    """Runs after every migration by itself; safe to repeat."""

    help = "Give every declared notice its rows to edit; wordings of administrators are never touched."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them."""
        load_templates()
