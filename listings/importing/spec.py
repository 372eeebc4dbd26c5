"""What an app declares about an import: which columns a file has, and which field each of them fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Field, Model

from accounts.grants import granted_roles
from accounts.models import User
from listings.discovery import declared
from regions.scope import ScopeEntry


@dataclass(frozen=True)
class Run:
    """Who imports and on which day: what a cell is judged by besides itself."""

    user: User
    today: date
    entries: tuple[ScopeEntry, ...]


# The text by which the database takes the value, or None for an empty cell; raises ValidationError with a sentence.
Parse = Callable[[Any], str | None]


@dataclass(frozen=True)
class ImportColumn:
    """A column of the file. Its head is Chinese in both languages, because the same file goes from hand to hand.

    `parser(run)` returns the function that reads a cell; `allowed()` gives the words of the notes sheet. `required` asks
    for a value in rows that open a new record; an empty cell of a known record leaves what is on file.
    """

    name: str
    head: str
    parser: Callable[[Run], Parse]
    required: bool = False
    note: str = ""
    example: Any = ""
    allowed: Callable[[], list[str]] = list


@dataclass(frozen=True)
class ImportSpec:
    """One import: the model it fills, by which key, with which permission.

    `stamps` are fields that the file does not give, as SQL over `staged` and `filed` (the record as it stands; all NULL
    for a new one) with the parameters `at` and `today`; they are written only where something else differs.
    """

    key: str
    title: Any
    model: type[Model]
    permission: str
    columns: tuple[ImportColumn, ...]
    key_name: str
    list_url: str
    import_url: str
    stamps: Mapping[str, str] = field(default_factory=dict)
    place_name: str = "region"

    @cached_property
    def key_column(self) -> ImportColumn:
        """The column by which a row finds its record."""
        return next(column for column in self.columns if column.name == self.key_name)

    @cached_property
    def place_column(self) -> ImportColumn:
        """The column that says in which division the record lies."""
        return next(column for column in self.columns if column.name == self.place_name)

    @property
    def table(self) -> str:
        """The table that is filled."""
        return self.model._meta.db_table

    def field(self, name: str) -> Field:
        """Return the model's field."""
        return self.model._meta.get_field(name)

    def db_column(self, name: str) -> str:
        """Return the database's name of a field."""
        return self.field(name).column

    def entries_of(self, user: User) -> tuple[ScopeEntry, ...]:
        """Return the posts by which the person may import, and nothing that they merely see."""
        roles = granted_roles().get(self.permission, frozenset())
        return tuple(post.entry for post in user.posts if post.role in roles)


def spec_of(key: str) -> ImportSpec:
    """Return a declared import by its key."""
    return next(spec for spec in declared("importing", "IMPORTS") if spec.key == key)
