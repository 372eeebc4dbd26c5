"""Two files of one enterprise become one; for a month they can be parted again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Field, GeneratedField, Model, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from encrypted_fields.fields import EncryptedFieldMixin
from pghistory.models import Event

from accounts.masking import mask_phone
from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from deadlines import services as deadlines
from deadlines.rules import find
from enterprises import identity
from enterprises.choices import RiskTag
from enterprises.identity import ID_NO
from enterprises.life.links import Link, links
from enterprises.life.open_items import open_stop, open_transfer
from enterprises.life.stops import start_missing_clocks
from enterprises.models import Enterprise, MergeRecord
from enterprises.terms import BEGINS, ENDS, check_term, end_in_words
from lifecycle import registry
from lifecycle.models import Stateful
from regions.words import listed
from rulebook.services import parameter

MERGE, PART = "enterprises.merge", "enterprises.part"
ITSELF = gettext_lazy("These are not two files: a file cannot be merged with itself.")
# They say when and how the row was written, not what the enterprise is; and the status moves by its own steps.
STATUS = frozenset({"operating_status", "status_since", "planned_until", "stop_checked_until"})
NOT_COMPARED = STATUS | {"id", "uscc", "created_at", "updated_at", "version"}


@dataclass(frozen=True)
class Difference:
    """A field in which the two files differ; `taken` says that the kept file will have the other's value."""

    name: str
    label: str
    kept: Any
    dropped: Any
    taken: bool


@dataclass(frozen=True)
class Preview:
    """What a merge would do: differing fields, and how many rows of each kind would move."""

    differences: list[Difference]
    moving: list[tuple[str, int]]


def preview(kept: Enterprise, dropped: Enterprise) -> Preview:
    """Return what merging would change; nothing is written."""
    moving = [(link.name(), link.of(dropped.pk).count()) for link in links() if not link.stays]
    return Preview(list(differences(kept, dropped)), [(name, number) for name, number in moving if number])


def differences(kept: Enterprise, dropped: Enterprise) -> Iterator[Difference]:
    """Give the fields in which the files differ; what the kept one leaves empty it takes from the other."""
    for field in stored_fields(Enterprise):
        ours, theirs = getattr(kept, field.attname), getattr(dropped, field.attname)
        if field.name not in NOT_COMPARED and ours != theirs:
            taken = is_lacking(kept, field) and theirs not in field.empty_values
            shown = (in_words(kept, field), in_words(dropped, field))
            yield Difference(field.attname, str(field.verbose_name), *shown, taken)


def is_lacking(kept: Enterprise, field: Field) -> bool:
    """Say whether the file that is kept says nothing here; of a term that has begun, no last day means long-term."""
    told = BEGINS if field.name == ENDS else field.attname
    return getattr(kept, told) in field.empty_values and getattr(kept, field.attname) in field.empty_values


def in_words(row: Enterprise, field: Field) -> Any:
    """Return a field's value as a page shows it, personal numbers masked (PIPL 51)."""
    if field.name.endswith("_phone"):
        return mask_phone(getattr(row, field.name))
    if field.name == "risk_tags":
        return listed(RiskTag(code).label for code in row.risk_tags)
    if field.name == ENDS:
        # Whether it is over matters to nobody here: two files are compared.
        return end_in_words(row, date.min)
    display = getattr(row, f"get_{field.name}_display", None)
    value = display() if display else getattr(row, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def merge(
    kept: Enterprise,
    dropped: Enterprise,
    *,
    reason: str,
    take: Sequence[str] = (),
    by: User,
    at: datetime,
) -> MergeRecord:
    """Put everything of `dropped` to `kept` and drop its row; `take` names fields of which the other's value is right.

    Raises ValidationError for a file with itself, for one already merged, and while a step of either waits for an
    answer; Enterprise.DoesNotExist out of scope; PermissionDenied without the post for both places.
    """
    if kept.pk == dropped.pk:
        raise ValidationError(ITSELF)
    with transaction.atomic(), acting(by, MERGE, at):
        kept, dropped = both_locked(kept, dropped, by)
        refuse_waiting(kept, dropped)
        merged = MergeRecord(kept=kept, dropped_id=dropped.pk, by=by, at=at, reason=reason)
        merged.dropped_name, merged.dropped_uscc = dropped.name, dropped.uscc
        merged.undo_until = localdate(at) + timedelta(days=days_to_undo(kept, at))
        merged.snapshot = plain(dropped)
        deadlines.cancel(dropped, at=at)
        their_number = identity.number_of(dropped)
        carry_over(merged, dropped)
        merged.filled = fill(kept, dropped, take, their_number, at=at)
        data = {"dropped": dropped.pk, "name": dropped.name, "uscc": dropped.uscc}
        record(by, MERGE, dropped, at=at, reason=reason, data={"kept": kept.pk})
        drop(dropped)
        kept.save()
        merged.save(force_insert=True)
        record(by, MERGE, kept, at=at, reason=reason, data=data)
    return merged


def both_locked(kept: Enterprise, dropped: Enterprise, by: User) -> tuple[Enterprise, Enterprise]:
    """Lock both rows, always in the same order, so that two merges at once wait for each other."""
    rows = Enterprise.objects.visible_to(by).select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(kept.pk, dropped.pk))}
    if len(found) < 2:
        refuse_merged(kept, dropped)
        raise Enterprise.DoesNotExist
    if not all(may(by, MERGE, row) for row in found.values()):
        raise PermissionDenied
    return found[kept.pk], found[dropped.pk]


def refuse_merged(*files: Enterprise) -> None:
    """Say where a file went that is gone because it was merged meanwhile."""
    gone = MergeRecord.objects.filter(dropped_id__in=[file.pk for file in files], undone_at=None)
    if done := gone.select_related("kept").first():
        sentence = _("“%(name)s” has been merged into “%(kept)s” already.")
        raise ValidationError(sentence % {"name": done.dropped_name, "kept": done.kept.name})


def refuse_waiting(*files: Enterprise) -> None:
    """Refuse while a stop or a transfer of either file waits: its answer would have no file to go to."""
    for file in files:
        if open_stop(file) or open_transfer(file):
            sentence = _("A stop or a transfer of “%(name)s” waits for an answer. Settle that first.")
            raise ValidationError(sentence % {"name": file.name})


def carry_over(merged: MergeRecord, dropped: Enterprise) -> None:
    """Point every row that moves to the kept file, and write down which they were."""
    for link in links():
        if link.stays:
            continue
        put_aside(merged, link, dropped)
        rows = link.of(dropped.pk)
        if numbers := list(rows.order_by("pk").values_list("pk", flat=True)):
            merged.moved[link.key] = numbers
            point(link, rows, merged.kept_id)


def point(link: Link, rows: QuerySet, pk: int) -> None:
    """Let rows hang on the file of this number; a seal on them is opened for this alone."""
    with pgtrigger.ignore(f"{link.model}:{link.sealed}") if link.sealed else nullcontext():
        rows.update(**link.values(pk))


def put_aside(merged: MergeRecord, link: Link, dropped: Enterprise) -> None:
    """Keep the content of rows that the kept file has already, and remove them; what cannot go stops the merge.

    Rows that can make room stay, changed; what they were is kept too.
    """
    for beside, condition in link.unique:
        for row in clashing(link, beside, condition, dropped.pk, merged.kept_id):
            if link.room:
                make_room(merged, link, row)
                continue
            if condition or is_needed(row):
                sentence = _(
                    "Both files have an entry “%(row)s” (%(kind)s). Settle or rename one of them first."
                )
                raise ValidationError(sentence % {"row": row, "kind": link.name()})
            merged.set_aside.append({"model": link.model, "row": plain(row)})
            deadlines.cancel(row, at=merged.at)
            row.delete()


def make_room(merged: MergeRecord, link: Link, row: Model) -> None:
    """Let a row stand beside the like of the kept file, and write down what it was and what it became."""
    before = plain(row)
    link.room.make(row, merged.kept_id, merged.at)
    after = plain(link.rows.get(pk=row.pk))
    changed = [name for name, value in after.items() if value != before[name] and name != "version"]
    entry = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    merged.set_aside.append({"model": link.model, "pk": row.pk, "before": entry[0], "after": entry[1]})


def clashing(link: Link, beside: tuple[str, ...], condition: Q, dropped: int, kept: int) -> list[Model]:
    """Return rows of the dropped file that the kept one has too."""
    theirs = link.of(dropped).filter(condition)
    if not theirs.exists():
        return []
    pairs = link.of(kept).filter(condition)
    ours = {tuple(getattr(row, name) for name in beside) for row in pairs}
    return [row for row in theirs if tuple(getattr(row, name) for name in beside) in ours]


def is_needed(row: Model) -> bool:
    """Say whether other rows hang on this one; its history does not count."""
    found = [each for each in row._meta.related_objects if not issubclass(each.related_model, Event)]
    return any(
        each.related_model._base_manager.filter(**{each.field.name: row.pk}).exists()
        for each in found
        if each.field.concrete
    )


def fill(
    kept: Enterprise, dropped: Enterprise, take: Sequence[str], their_number: str, *, at: datetime
) -> dict[str, Any]:
    """Give the kept file what it lacks, or what was said to be right in the other; return what stood there before.

    The whole ID number of the other file goes with the masked one; the one before it is kept encrypted.
    """
    before = {}
    for each in differences(kept, dropped):
        if each.taken or each.name in take:
            before[each.name] = plain(kept)[each.name]
            if each.name == ID_NO:
                before[ID_NO] = identity.seal(identity.number_of(kept))
                identity.keep(kept, {ID_NO: their_number})
            setattr(kept, each.name, getattr(dropped, each.name))
    check_term(kept.business_term_from, kept.business_term_to)
    kept.updated_at = at
    kept.version += 1
    return before


def drop(dropped: Enterprise) -> None:
    """Delete the row; whatever still hangs on it was not declared, and then nothing happens at all."""
    for relation in Enterprise._meta.related_objects:
        accessor = relation.field.model._base_manager
        if relation.field.concrete and not relation.many_to_many and relation.field.db_constraint:
            left = accessor.filter(**{relation.field.attname: dropped.pk})
            if left.exists():
                raise RuntimeError(f"{relation.field} still points to the file that is to be dropped.")
    dropped.delete()


def part(merged: MergeRecord, *, reason: str, by: User, at: datetime) -> Enterprise:
    """Part two files again: the dropped one is there as it was, with every row that came from it and is still there.

    Raises ValidationError after the last day, and when it was done already.
    """
    with transaction.atomic(), acting(by, PART, at):
        row = MergeRecord.objects.visible_to(by).select_for_update(of=("self",)).get(pk=merged.pk)
        kept = Enterprise.objects.select_for_update(of=("self",)).get(pk=row.kept_id)
        if not may(by, MERGE, kept):
            raise PermissionDenied
        if not row.open_on(localdate(at)):
            raise ValidationError(_("This merge was undone already, or its last day for that has passed."))
        restored = restore(row)
        give_back(row, restored, at=at)
        put_back(kept, row.filled)
        identity.settle(restored)
        kept.updated_at = at
        kept.version += 1
        kept.save()
        row.undone_by, row.undone_at = by, at
        row.save()
        start_missing_clocks(at=at)
        for file in (kept, restored):
            record(by, PART, file, at=at, reason=reason, data={"merge": row.pk})
    return restored


def put_back(kept: Enterprise, before: Mapping[str, Any]) -> None:
    """Let the fields that the merge filled say again what they said before it."""
    facts = {name: Enterprise._meta.get_field(name).to_python(value) for name, value in before.items()}
    facts = identity.whole(facts)
    for name, value in identity.masked(facts).items():
        setattr(kept, name, value)
    identity.keep(kept, facts)


def restore(merged: MergeRecord) -> Enterprise:
    """Write the dropped row anew, under its old number."""
    if Enterprise.objects.filter(uscc=merged.dropped_uscc).exists():
        raise ValidationError(_("The code %(code)s has another file by now.") % {"code": merged.dropped_uscc})
    return unplain(Enterprise, merged.snapshot)


def give_back(merged: MergeRecord, restored: Enterprise, *, at: datetime) -> None:
    """Point the rows that moved, and are still with the kept file, back; bring back what was put aside."""
    for link in links():
        numbers = merged.moved.get(link.key)
        if numbers:
            point(link, link.of(merged.kept_id).filter(pk__in=numbers), restored.pk)
    for each in merged.set_aside:
        link = next(link for link in links() if link.model == each["model"])
        if "row" in each:
            start_clock_again(unplain(link.rows.model, each["row"]), at=at)
        else:
            take_back_room(link, each, restored, at=at)


def take_back_room(link: Link, kept: Mapping[str, Any], restored: Enterprise, *, at: datetime) -> None:
    """Let a row that made room be again what it was, unless somebody has gone on with it."""
    row = link.of(restored.pk).select_for_update(of=("self",)).filter(pk=kept["pk"]).first()
    if row is None or as_kept(row, kept["after"]) != kept["after"]:
        return
    for name, value in kept["before"].items():
        setattr(row, name, row._meta.get_field(name).to_python(value))
    row.save()
    link.room.back(row, at)


def as_kept(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    """Return these fields of a row as the record of a merge keeps them."""
    encoded = json.dumps({name: getattr(row, name) for name in fields}, cls=DjangoJSONEncoder)
    return json.loads(encoded)


def start_clock_again(row: Model, *, at: datetime) -> None:
    """Let the clock of its state run on a row that comes back, where the rulebook says how long it is."""
    rule = registry.of(row).state(row.state).deadline if isinstance(row, Stateful) else None
    if rule and find(rule).parameter:
        deadlines.start(row, rule, at=at)


def stored_fields(model: type[Model]) -> list[Field]:
    """Return the columns that the database does not make itself."""
    return [each for each in model._meta.concrete_fields if not isinstance(each, GeneratedField)]


def plain(row: Model) -> dict[str, Any]:
    """Return a row as values that JSON holds; what is encrypted at rest stays so, and `to_python` opens it."""
    return {each.attname: as_stored(each, getattr(row, each.attname)) for each in stored_fields(type(row))}


def as_stored(field: Field, value: Any) -> Any:
    """Return a value as a record about its row may hold it."""
    return field.get_prep_value(value) if isinstance(field, EncryptedFieldMixin) else value


def unplain(model: type[Model], values: dict[str, Any]) -> Model:
    """Write a row from its plain values, under its old number."""
    # A field that came later than the values has none among them.
    known = [each for each in stored_fields(model) if each.attname in values]
    row = model(**{each.attname: each.to_python(values[each.attname]) for each in known})
    row.save(force_insert=True)
    return row


def days_to_undo(kept: Enterprise, at: datetime) -> int:
    """Return for how many days the merge can be undone."""
    return int(parameter("MERGE_UNDO", on=localdate(at), region=kept.region_id).amount)


def survivor_of(pk: int, user: User) -> Enterprise | None:
    """Return the file into which the file of this number was merged, if the person sees it."""
    merged = MergeRecord.objects.visible_to(user).filter(dropped_id=pk, undone_at=None)
    found = merged.select_related("kept").order_by("-pk").first()
    return found.kept if found else None


def merges_of(enterprise: Enterprise) -> QuerySet[MergeRecord]:
    """Return the merges into this file, the last first."""
    return enterprise.merges.select_related("by", "undone_by")
