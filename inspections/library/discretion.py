"""Which entries of the discretion benchmark an item leads to, or why it leads to none."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.choices import ReferenceRole
from inspections.models import CheckItem, ItemReference
from rulebook import benchmark

NO_ENTRY = _("The clause of penalty that it names has no entry in the benchmark yet.")
NO_CLAUSE = _("In the laws whose text is loaded no clause of penalty fits it.")
NOT_READ = _("The text of what it rests on is not loaded, so no clause of penalty could be read there.")


def entries_of(item: CheckItem) -> list[tuple[str, benchmark.Entry | None]]:
    """Return the entries that the item names, by code."""
    return benchmark.named(item.discretion)


def why_none(item: CheckItem, references: Iterable[ItemReference]) -> str | Promise:
    """Say why the item names no entry; nothing where it names one, or where an enterprise wrote it for itself.

    The references carry whether the text of their law is loaded (`has_text`). An item is never given a clause by guess:
    a duty without a fine of its own is enforced by the order to put it right, and by AWSL 102 once a hazard stays.
    """
    if item.discretion or item.owner_id:
        return ""
    rows = list(references)
    if any(row.role == ReferenceRole.PENALTY for row in rows):
        return NO_ENTRY
    return NO_CLAUSE if any(row.has_text for row in rows) else NOT_READ
