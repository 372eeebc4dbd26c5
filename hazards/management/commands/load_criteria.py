"""Load the published criteria of major hazards that ship with the project."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from hazards.models import MajorHazardCriterion
from rulebook.models import Law

DATA = Path(__file__).resolve().parents[2] / "data" / "criteria.csv"


class Command(BaseCommand):
    """Idempotent: a clause that stands already is brought up to date."""

    help = "Load the criteria of major hazards (重大事故隐患判定标准)."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Read the file and write each clause once."""
        laws = {law.short_id: law for law in Law.objects.all()}
        with DATA.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                MajorHazardCriterion.objects.update_or_create(
                    set_name=row["set_name"],
                    clause=row["clause"],
                    defaults={
                        "law": laws.get(row["law"]),
                        "sector": row["sector"],
                        "text": row["text"],
                        "valid_from": row["valid_from"],
                        "valid_to": row["valid_to"] or None,
                    },
                )
        self.stdout.write(f"{MajorHazardCriterion.objects.count()} criteria")
