"""Write the sealed part of the audit trail to a file that is kept elsewhere."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.exporting import links_as_json


class Command(BaseCommand):
    """One line of JSON for each link; the copy proves by itself that it is whole."""

    help = (
        "Print the sealed entries as lines of JSON, for a copy on another machine. The hash of a line is the sha-256"
        " of its `previous` followed by its `entry`. With --after only what was sealed since the last copy."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of the last link that was copied."""
        parser.add_argument(
            "--after", type=int, default=0, metavar="SEQ", help="the last link already copied"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print line by line."""
        for line in links_as_json(after=options["after"]):
            self.stdout.write(line)
