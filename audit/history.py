"""Field history: what a record said before, kept by triggers so that no way of writing escapes it."""

from collections.abc import Iterable
from typing import Any, TypeVar

import pghistory
from django.db.models import GeneratedField, Model

ModelType = TypeVar("ModelType", bound=type[Model])


def tracked(model: ModelType) -> ModelType:
    """Keep every version of the model's rows; generated columns follow from the others and are left out."""
    derived = [field.name for field in model._meta.local_fields if isinstance(field, GeneratedField)]
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=derived, append_only=False
    )(model)


def versions_of(obj: Model) -> list[Any]:
    """Return the kept versions of the record, oldest first, with who made them."""
    events = obj._meta.model.pgh_event_model.objects.filter(pgh_obj_id=obj.pk)
    return list(events.select_related("pgh_context").order_by("pgh_id"))


def differences(before: Any, after: Any, names: Iterable[str]) -> list[tuple[str, Any, Any]]:
    """Return (field, old, new) for the fields that differ between two versions."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]
