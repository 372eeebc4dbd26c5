"""Load the laws, articles and numbers that ship with the project: `load_rulebook`."""

from typing import Any

from django.core.management.base import BaseCommand

from rulebook.loading import load_shipped


class Command(BaseCommand):
    help = "Add what the files hold and the rulebook lacks; an edited number is never overwritten."

    def handle(self, **options: Any) -> None:
        added = load_shipped()
        self.stdout.write("Added: " + ", ".join(f"{count} {name}" for name, count in added.items()) + ".")
