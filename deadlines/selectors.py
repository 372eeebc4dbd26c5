"""Reading deadlines for pages: one query for any number of rows."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from deadlines.models import Deadline


def of(target: Model) -> list[Deadline]:
    """Return all deadlines of one record with their history, open ones first, then the latest."""
    rows = (
        Deadline.objects.of(target).select_related("basis__law").prefetch_related("suspensions", "extensions")
    )
    return sorted(rows, key=lambda row: (not row.is_open, -row.started_at.timestamp()))


def open_for(targets: Iterable[Model]) -> dict[int, list[Deadline]]:
    """Return the open deadlines of each of these records (all of one model), the first due first."""
    found: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in Deadline.objects.of_all(targets).open():
        found[deadline.target_id].append(deadline)
    return found


def next_for(targets: Iterable[Model]) -> dict[int, Deadline]:
    """Return the open deadline of each record that is due first."""
    return {pk: rows[0] for pk, rows in open_for(targets).items()}


def next_due(target: Model) -> Deadline | None:
    """Return the open deadline of one record that is due first, with its basis; None when nothing is owed."""
    return Deadline.objects.of(target).open().select_related("basis__law").first()
