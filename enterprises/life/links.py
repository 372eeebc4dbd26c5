"""What hangs on an enterprise, declared by each app in its `links.py` as LINKS: what becomes of it when files merge or move.

`LINKS = [Link("hazards.Hazard", "enterprise", moves_home=still_open)]`

A merge touches nothing that is not declared, and a test asks of every relation to Enterprise that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Model, Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from pghistory.models import Event

from enterprises.models import Enterprise
from listings.discovery import declared


@dataclass(frozen=True)
class Room:
    """How a row makes room where the kept file has the like, instead of stopping the merge.

    `make(row, kept, at)` changes the row so that it can stand beside those of the file of that number; when the files
    are parted it becomes again what it was, and `back(row, at)` starts what then runs.
    """

    make: Callable[[Any, int, datetime], None]
    back: Callable[[Any, datetime], None]


@dataclass(frozen=True)
class Link:
    """One relation to an enterprise: a foreign key, a plain number, or a generic relation.

    `stays` gives the reason why rows remain with the file that is dropped (a record of what was). `sealed` names the
    trigger by which the rows cannot be changed: a merge moves them all the same, and only that.
    `moves_home(rows)` keeps the rows that lie in the enterprise's place and go along when its file moves.
    `room` lets rows of which a file has one stand beside each other. `label` is what a preview calls the rows.
    """

    model: str
    field: str = "enterprise"
    stays: str = ""
    sealed: str = ""
    moves_home: Callable[[QuerySet], QuerySet] | None = None
    room: Room | None = None
    label: str | Promise = ""

    @property
    def key(self) -> str:
        """What the record of a merge calls it."""
        return f"{self.model}.{self.field}"

    @cached_property
    def unique(self) -> tuple[tuple[tuple[str, ...], Q], ...]:
        """What may be there once for an enterprise: the fields beside it, and under which condition."""
        model = apps.get_model(self.model)
        if self.generic is not None:
            return tuple((_apart(each, self.generic.fk_field), Q()) for each in model._meta.unique_together)
        alone = (((), Q()),) if model._meta.get_field(self.field).unique else ()
        rules = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
        found = [
            (_apart(each.fields, self.field), each.condition or Q())
            for each in rules
            if self.field in each.fields
        ]
        return (*alone, *found)

    @property
    def rows(self) -> QuerySet:
        """Every row of the model, whoever may see it."""
        return apps.get_model(self.model)._base_manager.all()

    @property
    def generic(self) -> GenericForeignKey | None:
        """The generic relation, if it is one."""
        found = apps.get_model(self.model)._meta.private_fields
        return next((each for each in found if each.name == self.field), None)

    def values(self, pk: int) -> dict[str, Any]:
        """Return the columns that point to the enterprise of this number."""
        if self.generic is None:
            return {apps.get_model(self.model)._meta.get_field(self.field).attname: pk}
        kind = ContentType.objects.get_for_model(Enterprise)
        number = self.rows.model._meta.get_field(self.generic.fk_field).to_python(pk)
        return {self.generic.ct_field: kind, self.generic.fk_field: number}

    def of(self, pk: int) -> QuerySet:
        """Return the rows that hang on the enterprise of this number."""
        return self.rows.filter(**self.values(pk))

    def name(self) -> str:
        """Return what a preview calls the rows."""
        return str(self.label or self.rows.model._meta.verbose_name_plural)


@cache
def links() -> tuple[Link, ...]:
    """Return what the apps declared, read once."""
    return tuple(declared("links", "LINKS"))


def relations() -> Iterator[str]:
    """Give every relation to an enterprise in the whole product, as Link.key writes it; history tables apart."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event) or model._meta.proxy or not model._meta.managed:
            continue
        for each in (*model._meta.local_fields, *model._meta.private_fields):
            if _points_here(model, each):
                yield f"{model._meta.label}.{each.name}"


def _apart(names: Iterable[str], own: str) -> tuple[str, ...]:
    return tuple(name for name in names if name != own)


def _points_here(model: type[Model], each: Field | GenericForeignKey) -> bool:
    if isinstance(each, GenericForeignKey):
        return True
    if isinstance(each, ForeignKey):
        return issubclass(each.related_model, Enterprise)
    return each.name == "enterprise_id"
