"""Field history: what a record said before, kept by triggers so that no way of writing escapes it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import pghistory
import pghistory.core
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Field, ForeignKey, GeneratedField, Model
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from accounts.masking import mask_id_no, mask_phone
from regions.words import listed

ModelType = TypeVar("ModelType", bound=type[Model])
VERSIONS = 60
LONGEST = 120
# The entry itself says where a record moved; the rest is bookkeeping.
BOOKKEEPING = frozenset(
    {"id", "state", "state_since", "version", "created_at", "updated_at", "submission_key"}
)
# Personal data stay masked wherever many may read them (handbook §16.2).
MASKS = {"phone": mask_phone, "mobile": mask_phone, "id_no": mask_id_no}


@dataclass(frozen=True)
class Change:
    """A field that said one thing and now says another, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """What one act changed in a record, and what is known of the act."""

    at: datetime
    verb: str
    user_id: int | None
    changes: tuple[Change, ...]


def tracked(model: ModelType) -> ModelType:
    """Keep every version of the model's rows, the last one of a deleted row included.

    A model of a room below this one is tracked through a proxy that this room declares: table and triggers of its
    history then belong to audit, and the lower room need not know of them.
    """
    return tracked_without()(model)


def tracked_without(*secrets: str) -> Callable[[ModelType], ModelType]:
    """Keep every version but for the fields named, which are never copied.

    Generated columns follow from the others and are left out, too. The triggers fire once for a statement: fired for
    each row, an import of 50,000 rows would take ten times as long.
    """

    def _tracked(model: ModelType) -> ModelType:
        own = (model._meta.concrete_model or model)._meta.local_fields
        derived = [field.name for field in own if isinstance(field, GeneratedField)]
        return pghistory.track(
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(level=pghistory.Statement),
            pghistory.DeleteEvent(level=pghistory.Statement),
            exclude=[*derived, *secrets],
            append_only=False,
        )(model)

    return _tracked


def events_of(model: type[Model]) -> type[Model] | None:
    """Return the model that holds the versions of a model's rows, or None where none are kept."""
    return _event_models().get(model._meta.concrete_model)


def is_tracked(obj: Model) -> bool:
    """Say whether versions of the record are kept."""
    return events_of(type(obj)) is not None


def versions_of(obj: Model, limit: int = VERSIONS) -> list[Any]:
    """Return the kept versions of the record, oldest first, with who made them: one query."""
    events = events_of(type(obj)).objects.filter(pgh_obj_id=obj.pk)
    return list(events.select_related("pgh_context").order_by("-pgh_id")[:limit])[::-1]


def changes_of(obj: Model, without: Collection[str] = ()) -> list[Version]:
    """Return what each act changed in the record, oldest first; nothing for a model that is not tracked.

    `without` are fields that the reader may not see.
    """
    if not is_tracked(obj):
        return []
    events = versions_of(obj)
    fields = [field for field in shown_fields(obj) if field.name not in without]
    name_relations(events, fields)
    pairs = zip(events, events[1:], strict=False)
    found = (_version(before, after, fields) for before, after in pairs)
    return [version for version in found if version.changes]


def name_relations(events: list[Any], fields: list[Field]) -> None:
    """Fetch what the versions point to where it changed, by one query for each kind of record.

    Joined to every version instead, a dozen tables took PostgreSQL longer to plan than the rest of the page.
    """
    moved = [
        field
        for field in fields
        if isinstance(field, ForeignKey) and len({getattr(event, field.attname) for event in events}) > 1
    ]
    for model in {field.related_model for field in moved}:
        mine = [field for field in moved if field.related_model is model]
        wanted = {getattr(event, field.attname) for event in events for field in mine} - {None}
        found = model._base_manager.in_bulk(wanted)
        for event in events:
            for field in mine:
                own = event._meta.get_field(field.name)
                own.set_cached_value(event, found.get(getattr(event, field.attname)))


def differences(before: Any, after: Any, names: Iterable[str]) -> list[tuple[str, Any, Any]]:
    """Return (field, old, new) for the fields that differ between two versions."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]


def shown_fields(obj: Model | type[Model]) -> list[Field]:
    """Return the fields whose changes people read: those that are kept, and are not bookkeeping."""
    model = obj if isinstance(obj, type) else type(obj)
    kept = {field.name for field in events_of(model)._meta.fields}
    return [
        field
        for field in obj._meta.concrete_fields
        if field.name in kept
        and field.name not in BOOKKEEPING
        and not field.primary_key
        # Who did it stands above; a field that no model names for people is none of theirs.
        and isinstance(field.verbose_name, Promise)
    ]


@cache
def _event_models() -> dict[type[Model], type[Model]]:
    return {events.pgh_tracked_model._meta.concrete_model: events for events in pghistory.core.event_models()}


def _version(before: Any, after: Any, fields: list[Field]) -> Version:
    known = {field.attname: field for field in fields}
    changes = tuple(
        Change(
            capfirst(str(known[name].verbose_name)), _words(known[name], before), _words(known[name], after)
        )
        for name, _old, _new in differences(before, after, known)
    )
    facts = after.pgh_context.metadata if after.pgh_context else {}
    at = datetime.fromisoformat(facts["at"]) if facts.get("at") else after.pgh_created_at
    return Version(at, facts.get("verb", ""), facts.get("user"), changes)


def _words(field: Field, row: Any) -> str:
    """Return a field's value as a person reads it; nothing as an empty string."""
    value = getattr(row, field.name)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return listed(labels.get(one, one) for one in value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    mask = next((mask for ending, mask in MASKS.items() if field.name.endswith(ending)), None)
    return mask(str(value)) if mask else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(value, date):
        return formats.date_format(value, "Y-m-d")
    return Truncator(str(value)).chars(LONGEST)


@dataclass(frozen=True)
class Deed:
    """What one act did to one of several records: made it, changed it, or took it away."""

    kind: str
    label: str
    version: Version


def deeds_among(model: type[Model], limit: int = VERSIONS, **where: Any) -> list[Deed]:
    """Return what happened to the records of a model that fit, also to those that are gone, newest first: one query."""
    events = list(
        events_of(model).objects.filter(**where).select_related("pgh_context").order_by("-pgh_id")[:limit]
    )
    fields = [field for field in shown_fields(model) if not isinstance(field, ForeignKey)]
    later: dict[int, int] = {}
    before: dict[int, Any] = {}
    for place, event in enumerate(events):
        if event.pgh_obj_id in later:
            before[later[event.pgh_obj_id]] = event
        later[event.pgh_obj_id] = place
    found = []
    for place, event in enumerate(events):
        is_change = event.pgh_label == "update" and place in before
        # A record that was just made, or is gone, has nothing to compare with.
        version = _version(before[place] if is_change else event, event, fields)
        found.append(Deed(event.pgh_label, model.__str__(event), version))
    return found
