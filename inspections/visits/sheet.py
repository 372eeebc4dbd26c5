"""The working sheet of a visit: its items by checklist and section, with answers and hazards, in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inspections.choices import Result
from inspections.models import (
    Answer,
    CheckItem,
    EditionLine,
    Finding,
    GovernmentFinding,
    SelfCheckLine,
    Visit,
)


@dataclass
class Row:
    """One item on the sheet."""

    item: CheckItem
    where: str = ""
    answer: Answer | None = None
    hazards: list[Any] = field(default_factory=list)
    # What a supervision says of the body because of this item.
    problem: GovernmentFinding | None = None

    @property
    def result(self) -> str:
        """The answer given, or nothing."""
        return self.answer.result if self.answer else ""

    @property
    def lacks(self) -> bool:
        """Say whether it is not met and nothing follows from it yet."""
        if self.result != Result.FAIL or self.hazards or self.problem:
            return False
        return not (self.answer and self.answer.reason)


@dataclass
class Section:
    """The items of one section of one checklist."""

    title: str
    checklist: str
    rows: list[Row] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(bool(row.result) for row in self.rows)

    @property
    def failed(self) -> int:
        """How many are not met."""
        return sum(row.result == Result.FAIL for row in self.rows)

    @property
    def is_done(self) -> bool:
        """Say whether every item has an answer."""
        return self.answered == len(self.rows)


@dataclass
class Sheet:
    """All items of a visit, each once, in the order of its checklists; and the hazards found besides them."""

    sections: list[Section]
    free: list[Any]

    @property
    def rows(self) -> Iterator[Row]:
        """Every item."""
        return (row for section in self.sections for row in section.rows)

    @property
    def count(self) -> int:
        """How many items."""
        return sum(len(section.rows) for section in self.sections)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(section.answered for section in self.sections)

    @property
    def has_several_checklists(self) -> bool:
        """Say whether a section must name its checklist."""
        return len({section.checklist for section in self.sections}) > 1

    @property
    def lacking(self) -> int:
        """How many are not met and have neither hazard nor reason."""
        return sum(row.lacks for row in self.rows)

    @property
    def percent(self) -> int:
        """How much is answered, of a hundred."""
        return round(100 * self.answered / self.count) if self.count else 100

    def row_of(self, item: int) -> Row | None:
        """Return the row of an item by its key."""
        return next((row for row in self.rows if row.item.pk == item), None)

    @property
    def open_section(self) -> Section | None:
        """The first section in which something is left to answer."""
        return next((section for section in self.sections if not section.is_done), None)


def sheet_of(visit: Visit) -> Sheet:
    """Read the sheet: lines, answers and findings by one query each, however many items there are."""
    answers = {row.item_id: row for row in visit.answers.all()}
    hazards: dict[int | None, list[Any]] = {}
    for found in Finding.objects.filter(visit=visit).select_related("hazard"):
        hazards.setdefault(found.item_id, []).append(found.hazard)
    problems = problems_of(visit)
    sections: dict[tuple[str, str], Section] = {}
    seen: set[int] = set()
    for checklist, item, where in lines(visit):
        if item.pk in seen:
            continue
        seen.add(item.pk)
        section = sections.setdefault((checklist, item.section), Section(item.section, checklist))
        section.rows.append(
            Row(item, where, answers.get(item.pk), hazards.get(item.pk, []), problems.get(item.pk))
        )
    return Sheet(list(sections.values()), hazards.get(None, []))


def problems_of(visit: Visit) -> dict[int, GovernmentFinding]:
    """Return what was found about a body, by item; a visit to an enterprise is not asked."""
    if not visit.body_id:
        return {}
    return {row.item_id: row for row in visit.government_findings.exclude(item=None)}


def lines(visit: Visit) -> Iterable[tuple[str, CheckItem, str]]:
    """Give checklist, item and place of every line, in order."""
    by_edition = EditionLine.objects.filter(edition__visits=visit).select_related(
        "item", "edition__checklist"
    )
    for line in by_edition.order_by("edition__checklist__code", "position", "pk"):
        yield line.edition.checklist.title, line.item, ""
    if visit.self_check_list_id:
        own = SelfCheckLine.objects.filter(list=visit.self_check_list_id).select_related("item")
        for line in own.order_by("position", "pk"):
            yield "", line.item, line.place
