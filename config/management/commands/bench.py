"""Measure the product at scale, each figure beside its floor in the same run."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from bench import exporting, importing, pages
from hazards.models import Hazard

RESULTS = Path(settings.BASE_DIR) / "bench" / "results.jsonl"
PARTS = {"pages": pages.measure, "import": importing.measure, "export": exporting.measure}


class Command(BaseCommand):
    """Fills the database on the first run, then measures; prints a table and writes JSON lines."""

    help = "Measure pages, import and export at megacity scale."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one part be measured alone."""
        parser.add_argument(
            "parts", nargs="*", choices=[*PARTS, []], help="pages, import, export; all if none"
        )
        parser.add_argument("--scale", default="megacity", choices=["district", "megacity"])

    def handle(self, *args: Any, parts: list[str], scale: str, **options: Any) -> None:
        """Run the parts and show their figures."""
        if not Hazard.objects.exists():
            call_command("load_scale", scale)
        lines = [line for name in parts or PARTS for line in PARTS[name]()]
        with RESULTS.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        for line in lines:
            self.stdout.write(self.row(line))

    def row(self, line: dict[str, Any]) -> str:
        """Write one figure for the screen."""
        peer = f"  peer {line['peer']}" if line.get("peer") else ""
        return (
            f"{line['name']:<48} {line['ours']:>9} {line['unit']:<10} floor {line['floor']:>8}  "
            f"×{line['ratio']:<6} goal {line['goal']}{peer}"
        )
