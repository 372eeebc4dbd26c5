"""Items in a draft edition: written, taken from the library, reworded, moved, taken out.

Once published, an item never changes: a better wording is a new item that replaces it when its edition is published.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from inspections.library.editions import count_items
from inspections.library.references import has_basis
from inspections.models import CheckItem, Edition, EditionLine, ItemReference

FACTS = (
    "code",
    "section",
    "content",
    "methods",
    "category",
    "grade",
    "criterion",
    "measure",
    "discretion",
    "mark",
)


@contextmanager
def editing(
    edition: Edition, verb: str, *, by: User, at: datetime, data: Mapping[str, Any]
) -> Iterator[Edition]:
    """Hold the draft while its lines change, and put the change on record.

    Raises PermissionDenied for whoever does not keep the library, ValidationError for what is no draft.
    """
    if not may(by, "inspections.edit_library", edition):
        raise PermissionDenied
    with transaction.atomic(), acting(by, f"inspections.{verb}", at):
        held = Edition.objects.select_for_update().get(pk=edition.pk)
        if held.state != "draft":
            raise ValidationError(_("This edition is no draft.\nBegin the next edition and change it there."))
        yield held
        count_items(held)
        record(by, f"inspections.{verb}", held, at=at, data=dict(data))


def add_item(
    edition: Edition, *, facts: Mapping[str, Any], references: Sequence[ItemReference], by: User, at: datetime
) -> CheckItem:
    """Write a new item at the end of its section of the draft. `facts` are the fields named in FACTS.

    Raises ValidationError for a code that is taken and for an item without a legal basis.
    """
    with editing(edition, "add_item", by=by, at=at, data={"code": facts["code"]}) as held:
        refuse_taken(facts["code"], held)
        item = write(CheckItem(created_at=at), facts, references)
        place_item(held, item)
    return item


def take_items(edition: Edition, *, items: Sequence[CheckItem], by: User, at: datetime) -> int:
    """Put items of the library into the draft; return how many of them were not there yet."""
    codes = [item.code for item in items]
    with editing(edition, "take_items", by=by, at=at, data={"codes": codes}) as held:
        there = set(held.lines.values_list("item_id", flat=True))
        new = [item for item in items if item.pk not in there]
        if any(item.owner_id or item.retired_at or not item.published_at for item in new):
            raise ValidationError(_("Only items of the library that are in use can be taken over."))
        for item in new:
            place_item(held, item)
    return len(new)


def change_item(
    edition: Edition,
    item: CheckItem,
    *,
    facts: Mapping[str, Any],
    references: Sequence[ItemReference],
    by: User,
    at: datetime,
) -> CheckItem:
    """Reword an item in the draft: in place while it was never published, else as a new item that replaces it."""
    with editing(edition, "change_item", by=by, at=at, data={"code": item.code}) as held:
        line = held.lines.filter(item=item).select_related("item").first()
        if line is None:
            raise ValidationError(_("This item does not stand in the draft."))
        if facts["code"] != item.code:
            refuse_taken(facts["code"], held)
        current = line.item if line.item.is_draft else CheckItem(created_at=at, replaces=line.item)
        line.item = write(current, facts, references)
        line.save(update_fields=["item"])
    return line.item


def remove_item(edition: Edition, item: CheckItem, *, by: User, at: datetime, reason: str = "") -> None:
    """Take an item out of the draft; one that was never published and stands nowhere else is gone."""
    with editing(edition, "remove_item", by=by, at=at, data={"code": item.code, "reason": reason}) as held:
        held.lines.filter(item=item).delete()
        if item.is_draft and not item.lines.exists():
            item.delete()


def move_item(edition: Edition, item: CheckItem, *, steps: int, by: User, at: datetime) -> None:
    """Move an item up (negative) or down by so many places."""
    with editing(edition, "move_item", by=by, at=at, data={"code": item.code, "steps": steps}) as held:
        lines = list(held.lines.select_for_update().order_by("position", "pk"))
        here = next((place for place, line in enumerate(lines) if line.item_id == item.pk), None)
        if here is None:
            raise ValidationError(_("This item does not stand in the draft."))
        lines.insert(min(max(here + steps, 0), len(lines) - 1), lines.pop(here))
        renumber(lines)


def reorder_items(edition: Edition, *, items: Sequence[int], by: User, at: datetime) -> None:
    """Put the lines into the order of these items; those not named keep their order behind them."""
    with editing(edition, "reorder_items", by=by, at=at, data={}) as held:
        places = {key: place for place, key in enumerate(items)}
        lines = list(held.lines.select_for_update().order_by("position", "pk"))
        renumber(sorted(lines, key=lambda line: places.get(line.item_id, len(places))))


def renumber(lines: Sequence[EditionLine]) -> None:
    """Write the positions from 1."""
    for place, line in enumerate(lines, 1):
        line.position = place
    EditionLine.objects.bulk_update(lines, ["position"])


def write(item: CheckItem, facts: Mapping[str, Any], references: Sequence[ItemReference]) -> CheckItem:
    """Write an item with its references anew."""
    if not has_basis(references):
        raise ValidationError({"basis": _("Name the law: what no rule asks for is not checked.")})
    for name in FACTS:
        if name in facts:
            setattr(item, name, facts[name])
    item.full_clean(exclude=["replaces", "owner"])
    item.save()
    item.references.all().delete()
    for reference in references:
        reference.item = item
    ItemReference.objects.bulk_create(references)
    return item


def refuse_taken(code: str, edition: Edition) -> None:
    """A code stands for one item in use, and once in a draft."""
    taken = CheckItem.objects.in_library().filter(code=code).exists()
    if taken or edition.items.filter(code=code).exists():
        raise ValidationError({"code": _("This code belongs to another item.")})


def place_item(edition: Edition, item: CheckItem) -> None:
    """Put an item behind the last one of its section, or at the end."""
    lines = edition.lines.all()
    last = lines.filter(item__section=item.section).aggregate(last=Max("position"))["last"]
    if last is None:
        last = lines.aggregate(last=Max("position"))["last"] or 0
    else:
        lines.filter(position__gt=last).update(position=F("position") + 1)
    EditionLine.objects.create(edition=edition, item=item, position=last + 1)
