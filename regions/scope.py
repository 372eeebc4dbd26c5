"""Who may see which rows, as plain values: what a person holds, and where a model keeps its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar

from django.db.models import Model, Q

from regions.codes import LEVEL_COLUMNS


@dataclass(frozen=True)
class ScopeEntry:
    """One post, read as a condition: every part that is filled must hold for a row to be seen."""

    region: str = ""
    industry: str = ""
    enterprise_id: int | None = None
    grid: str = ""
    post_id: int | None = None
    role: str = ""

    @property
    def parts(self) -> tuple[str, str, int | None, str]:
        """What narrows the rows; the post and the role only say where the entry comes from."""
        return (self.region, self.industry, self.enterprise_id, self.grid)


@dataclass(frozen=True)
class Scope:
    """All that a person may see: any of the entries, and the objects granted one by one."""

    entries: tuple[ScopeEntry, ...] = ()
    grants: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))

    NONE: ClassVar[Scope]

    def granted(self, model: type[Model]) -> frozenset[int]:
        """Primary keys of this model that were granted explicitly."""
        return self.grants.get(model._meta.label_lower, frozenset())

    def __deepcopy__(self, memo: dict[int, Any]) -> Scope:
        """A value that nobody can change is its own copy: form fields are copied with the request they hold."""
        return self


Scope.NONE = Scope()


@dataclass(frozen=True)
class ScopeFields:
    """Where a model keeps its place, industry, enterprise and grid; None: it keeps no such thing.

    ``prefix`` is the path to the placed record (``"enterprise"`` for a child); the others are whole paths.
    """

    prefix: str = ""
    region: bool = True
    industry: str | None = None
    enterprise: str | None = None
    grid: str | None = None

    def region_path(self, column: str) -> str:
        """The lookup path of a level column, through the prefix."""
        return f"{self.prefix.removesuffix('__')}__{column}" if self.prefix else column


def condition(scope: Scope, fields: ScopeFields, model: type[Model]) -> Q | None:
    """The rows of this model that the scope shows, as one condition; None when it shows nothing."""
    lookups = [lookup for entry in _widest(scope.entries) if (lookup := _lookup(entry, fields)) is not None]
    found = _merged(lookups)
    if granted := scope.granted(model):
        found.append(Q(pk__in=granted))
    if not found:
        return None
    whole = found[0]
    for each in found[1:]:
        whole |= each
    return whole


def covers(entry: ScopeEntry, obj: Model, fields: ScopeFields) -> bool:
    """The same rule for one object in memory, so that a permission and a list can never disagree."""
    lookup = _lookup(entry, fields)
    if lookup is None:
        return False
    return all(_holds(obj, path, wanted) for path, wanted in lookup.items())


def _widest(entries: tuple[ScopeEntry, ...]) -> list[ScopeEntry]:
    """Entries that no other entry contains: a town post adds nothing to a post for its county."""
    distinct = list({entry.parts: entry for entry in entries}.values())
    return [entry for entry in distinct if not any(_contains(other, entry) for other in distinct)]


def _contains(wide: ScopeEntry, narrow: ScopeEntry) -> bool:
    only_region = bool(wide.region) and not any(wide.parts[1:])
    return only_region and wide.parts != narrow.parts and narrow.region.startswith(wide.region)


def _lookup(entry: ScopeEntry, fields: ScopeFields) -> dict[str, Any] | None:
    """Path and value of each filled part; None when the entry is empty or the model lacks a part."""
    if not any(entry.parts):
        return None
    wanted: dict[str, Any] = {}
    if entry.region:
        column = LEVEL_COLUMNS.get(len(entry.region))
        if column is None or not fields.region:
            return None
        wanted[fields.region_path(column)] = entry.region
    narrowed = (
        (entry.industry, fields.industry),
        (entry.enterprise_id, fields.enterprise),
        (entry.grid, fields.grid),
    )
    for value, path in narrowed:
        if value and path is None:
            return None
        if value:
            wanted[path] = value
    return wanted


def _merged(lookups: list[dict[str, Any]]) -> list[Q]:
    """Conditions on the same single column become one ``IN``, which the index answers at once."""
    single: dict[str, list[Any]] = {}
    found = []
    for lookup in lookups:
        path = next(iter(lookup))
        if len(lookup) == 1 and not path.endswith("__startswith"):
            single.setdefault(path, []).append(lookup[path])
        else:
            found.append(Q(**lookup))
    for path, values in single.items():
        found.append(Q(**{path: values[0]}) if len(values) == 1 else Q(**{f"{path}__in": values}))
    return found


def _holds(obj: Any, path: str, wanted: Any) -> bool:
    starts = path.endswith("__startswith")
    for name in path.removesuffix("__startswith").split("__"):
        obj = getattr(obj, name, None)
        if obj is None:
            return False
    value = obj.pk if isinstance(obj, Model) else obj
    return str(value).startswith(wanted) if starts else value == wanted
