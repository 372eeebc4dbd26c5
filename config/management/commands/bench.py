"""Measure the product at scale, each figure beside its floor in the same run."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from bench import city, conduct, exporting, figures, importing, pages, quality
from hazards.models import Hazard

RESULTS = Path(settings.BASE_DIR) / "bench" / "results.jsonl"
PARTS = {
    "pages": pages.measure,
    "import": importing.measure,
    "city": city.measure,
    "export": exporting.measure,
    "quality": quality.measure,
    "conduct": conduct.measure,
}


class Command(BaseCommand):
    """Fills the database on the first run, then measures; prints a table and writes JSON lines."""

    help = "Measure pages, import and export at megacity scale."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one part be measured alone."""
        parser.add_argument(
            "parts",
            nargs="*",
            choices=[*PARTS, []],
            help="pages, import, city, export, quality, conduct; all if none",
        )
        parser.add_argument("--scale", default="megacity", choices=["district", "megacity"])

    def handle(self, *args: Any, parts: list[str], scale: str, **options: Any) -> None:
        """Run the parts and show their figures; the lines of parts not run stay in the file."""
        if not Hazard.objects.exists():
            call_command("load_scale", scale)
        # The server of the bench serves what is collected, as the real one does.
        call_command("collectstatic", interactive=False, verbosity=0)
        lines = figures.read(RESULTS)
        for name in parts or PARTS:
            before = os.getloadavg()[0]
            measured = [{**each, "load": round(before, 1)} for each in PARTS[name]()]
            lines = figures.merged(lines, {name: measured})
            figures.write(RESULTS, lines)
            for each in measured:
                self.stdout.write(self.row(each))

    def row(self, line: figures.Line) -> str:
        """Write one figure for the screen."""
        weight = f"  {line['queries']} queries {line['kilobytes']} kB" if "queries" in line else ""
        peer = (
            f"  peer {line['peer']}{' (cut off)' if line.get('peer_cut') else ''}" if "peer" in line else ""
        )
        mark = "" if figures.is_met(line) else "  NOT MET"
        return (
            f"{line['name']:<48} {line['ours']:>9} {line['unit']:<10} floor {line['floor']:>8}  "
            f"×{line['ratio']:<6} goal {line['goal']}{weight}{peer}{mark}"
        )
