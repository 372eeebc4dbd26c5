"""What an app declares about an import: which columns a file has, and which field each of them fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Field, Model

from accounts.grants import granted_roles
from accounts.models import User
from listings.discovery import declared
from regions.scope import ScopeEntry

# The staging table keeps the code of an owner here, until it is looked up.
OWNER_CODE = "owner_code"


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
    for a value in rows that open a new record; an empty cell of a known record leaves what is on file. `opens` says
    that only a new record takes the value; what it says of a known one is refused by a check of the app.
    """

    name: str
    head: str
    parser: Callable[[Run], Parse]
    required: bool = False
    note: str = ""
    example: Any = ""
    allowed: Callable[[], list[str]] = list
    opens: bool = False


@dataclass(frozen=True)
class Owner:
    """The placed record to which imported rows belong: the foreign key, and the code by which the file names it."""

    name: str
    code: str


@dataclass(frozen=True)
class ImportSpec:
    """One import: the model it fills, by which key, with which permission.

    With an `owner` the rows have no place of their own: `key_name` is the foreign key, whose column holds the owner's
    code, and `own_keys` tell the rows of one owner apart. `checks` ask what the app alone knows of the staged rows, as
    (row, column, sentence); `after(at)` is called in the transaction that writes. `url_kwargs` belong to both addresses.

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
    owner: Owner | None = None
    own_keys: tuple[str, ...] = ()
    checks: tuple[Callable[[str, Any, date], list[tuple[int, str, str]]], ...] = ()
    after: Callable[[datetime], None] | None = None
    url_kwargs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key_column(self) -> ImportColumn:
        """The column by which a row finds its record."""
        return next(column for column in self.columns if column.name == self.key_name)

    @cached_property
    def place_column(self) -> ImportColumn:
        """The column that says in which division the record lies."""
        return next(column for column in self.columns if column.name == self.place_name)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that together find the record of a row."""
        return (self.key_name, *self.own_keys)

    @property
    def owner_model(self) -> type[Model]:
        """The model of the owners."""
        return self.field(self.owner.name).related_model

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

    def staged_column(self, name: str) -> str:
        """Return the staging table's name of a column: an owner's code stands beside its key."""
        return OWNER_CODE if self.owner and name == self.owner.name else self.db_column(name)

    def entries_of(self, user: User) -> tuple[ScopeEntry, ...]:
        """Return the posts by which the person may import, and nothing that they merely see."""
        roles = granted_roles().get(self.permission, frozenset())
        return tuple(post.entry for post in user.posts if post.role in roles)


def spec_of(key: str) -> ImportSpec:
    """Return a declared import by its key."""
    return next(spec for spec in declared("importing", "IMPORTS") if spec.key == key)
