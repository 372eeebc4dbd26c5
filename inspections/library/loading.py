"""The starter library that ships with the project, read from its files into editions that are in use."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hazards.models import MajorHazardCriterion
from inspections.choices import ReferenceRole
from inspections.library import references
from inspections.library.editions import ship_edition
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, Edition, EditionLine, ItemReference
from lifecycle.services import begin
from rulebook.models import Law

DATA = Path(__file__).resolve().parents[1] / "data" / "library"
Criteria = dict[str, int]


@dataclass
class Loaded:
    """How much was added."""

    checklists: int = 0
    items: int = 0


def load_library(*, at: datetime, folder: Path = DATA) -> Loaded:
    """Add the checklists that the files hold and the library lacks; what stands there is left alone.

    Raises ValidationError for a reference that the rulebook does not know, KeyError for an unknown criterion.
    """
    done = Loaded()
    known = set(Checklist.objects.values_list("code", flat=True))
    new = [row for row in rows(folder / "checklists.csv") if row["code"] not in known]
    if not new:
        return done
    laws, criteria = references.laws_by_name(), criteria_by_name()
    with transaction.atomic():
        for row in new:
            edition = open_edition(row, laws, at)
            done.items += fill(edition, list(rows(folder / f"{row['code']}.csv")), laws, criteria, at)
            ship_edition(edition, at=at)
            done.checklists += 1
    return done


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Give the rows of a file, without the spaces around their cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: (cell or "").strip() for name, cell in row.items() if name}


def words(row: dict[str, str], name: str) -> list[str]:
    """Return the words of a cell that holds several."""
    return [word for word in row.get(name, "").split(";") if word]


def criteria_by_name() -> Criteria:
    """Return the key of each clause under `set|clause`."""
    found = MajorHazardCriterion.objects.values_list("set_name", "clause", "pk")
    return {f"{name}|{clause}": key for name, clause, key in found}


def open_edition(row: dict[str, str], laws: dict[str, Law], at: datetime) -> Edition:
    """Open the first edition of a shipped checklist."""
    basis = references.read(row["basis"], ReferenceRole.BASIS, laws)
    checklist = Checklist.objects.create(
        code=row["code"],
        title=row["title"],
        purpose=row["purpose"],
        categories=words(row, "categories"),
        sub_categories=words(row, "sub_categories"),
        risk_tags=words(row, "risk_tags"),
        scenario=row["scenario"],
        basis="、".join(map(str, basis)),
        note=row["note"],
        created_at=at,
    )
    # No person drafts it, so no post is asked for: a verb that the table does not have.
    return begin(EDITION, "receive_edition", Edition(checklist=checklist, number=1), by=None, at=at)


def fill(
    edition: Edition, lines: Sequence[dict[str, str]], laws: dict[str, Law], criteria: Criteria, at: datetime
) -> int:
    """Write the items of a shipped edition; one that another checklist brought already is used again."""
    codes = [line["code"] for line in lines]
    live = {item.code: item for item in CheckItem.objects.in_library().filter(code__in=codes)}
    new = [line for line in lines if line["code"] not in live]
    made = CheckItem.objects.bulk_create([item_of(line, criteria, at) for line in new])
    live.update({item.code: item for item in made})
    ItemReference.objects.bulk_create(
        [
            reference
            for line, item in zip(new, made, strict=True)
            for reference in references_of(line, item, laws)
        ]
    )
    EditionLine.objects.bulk_create(
        [EditionLine(edition=edition, item=live[code], position=place) for place, code in enumerate(codes, 1)]
    )
    edition.item_count = len(lines)
    edition.save(update_fields=["item_count"])
    return len(made)


def item_of(line: dict[str, str], criteria: Criteria, at: datetime) -> CheckItem:
    """Return the item that a line describes."""
    return CheckItem(
        code=line["code"],
        section=line["section"],
        content=line["content"],
        methods=line["method"].split("+") if line["method"] else [],
        category=line["category"],
        grade=line["grade"],
        criterion_id=criteria[line["criterion"]] if line["criterion"] else None,
        measure=line["measure"],
        discretion=line["discretion"],
        mark=line["mark"],
        created_at=at,
    )


def references_of(line: dict[str, str], item: CheckItem, laws: dict[str, Law]) -> list[ItemReference]:
    """Return the references of a line, on its item."""
    found = [
        *references.read(line["basis"], ReferenceRole.BASIS, laws),
        *references.read(line["penalty"], ReferenceRole.PENALTY, laws),
    ]
    for reference in found:
        reference.item = item
    return found
