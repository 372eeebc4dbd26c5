"""What an app declares about an import: which columns a file has, and which field each of them fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Field, Model, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.grants import granted_roles
from accounts.models import User
from listings.discovery import declared
from regions.scope import ScopeEntry

# The staging table keeps the code of an owner here, until it is looked up; what tells apart the owners of one code; and
# the code that a row came with, where a person has said that it is a record of another code.
OWNER_CODE, OWNER_PART, GIVEN_KEY = "owner_code", "owner_part", "given_key"


class FoundPolicy(TextChoices):
    """What becomes of rows whose record is on file."""

    UPDATE = "update", _("Update what is on file")
    SKIP = "skip", _("Leave what is on file, write new records only")
    STOP = "stop", _("Stop, write nothing if anything is on file")


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
    that only a new record takes the value; what it says of a known one is refused by a check of the app. `empties` is
    the value by which a parser says that there is none, as "long-term" says of a last day: it empties the field.
    `sealed` says that the cell holds a secret: its parser gives what everybody may see and, after a space, the whole
    encrypted. The field takes the first; `keep_sealed` of the spec keeps the second. So nothing is staged in clear.
    """

    name: str
    head: str
    parser: Callable[[Run], Parse]
    required: bool = False
    note: str = ""
    example: Any = ""
    allowed: Callable[[], list[str]] = list
    opens: bool = False
    empties: str = ""
    sealed: bool = False


@dataclass(frozen=True)
class Owner:
    """The record to which imported rows belong: the foreign key, and the code by which the file names it.

    Where `via` is given, the code is that of the record behind this foreign key of the owner, and `part` is the field
    that tells its owners apart; `part_column` is the column of the file that says it.
    """

    name: str
    code: str
    via: str = ""
    part: str = ""
    part_column: str = ""


@dataclass(frozen=True)
class Never:
    """What no row may be: a condition on the staged row and the one on file, and the sentence beside the cell.

    In SQL, of `staged` and `filed`; `names` is what the sentence calls %(name)s.
    """

    column: str
    condition: str
    sentence: str
    names: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportSpec:
    """One import: the model it fills, by which key, with which permission.

    With an `owner` the rows have no place of their own: `key_name` is the foreign key, whose column holds the owner's
    code, and `own_keys` tell the rows of one owner apart. `never` is what the app forbids of a row and
    the record on file, `checks` ask what needs more than these two, as (row, column, sentence). `after(at)` is called in
    the transaction that writes, and so is `take_over(person, at)` where the table is only a way station. `url_kwargs`
    belong to both addresses.

    `stamps` are fields that the file does not give, as SQL over `staged` and `filed` (the record as it stands; all NULL
    for a new one) with the parameters `at` and `today`; they are written only where something else differs.

    As a part of a `Book`, rows are read from the sheet of that name. `twins(table, covered)` gives the SQL that finds
    the records, `filed` and covered by the person's posts, which a row without a known code may be; `prepared` may put
    staged rows in order; `writer` writes in place of the engine, where each record is written by a verb of its own.
    `keep_sealed(table, at)` keeps elsewhere what sealed columns hold, after the rows are written.
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
    never: tuple[Never, ...] = ()
    checks: tuple[Callable[[str, Any, date], list[tuple[int, str, str]]], ...] = ()
    after: Callable[[datetime], None] | None = None
    take_over: Callable[[User, datetime], None] | None = None
    url_kwargs: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    twins: Callable[[str, str], str] | None = None
    prepared: Callable[["Staging", Any], None] | None = None
    writer: Callable[["Staging", Any, datetime], None] | None = None
    keep_sealed: Callable[[str, datetime], None] | None = None

    @property
    def verb(self) -> str:
        """What the import is called on record."""
        return self.permission

    @property
    def parts(self) -> tuple["ImportSpec", ...]:
        """An import of one sheet is its own only part."""
        return (self,)

    @cached_property
    def key_column(self) -> ImportColumn:
        """The column by which a row finds its record."""
        return next(column for column in self.columns if column.name == self.key_name)

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
        return OWNER_PART if self.owner and name == self.owner.part_column else self.field(name).column

    @property
    def filling(self) -> tuple[ImportColumn, ...]:
        """The columns that fill a field of the model."""
        return tuple(
            column for column in self.columns if not self.owner or column.name != self.owner.part_column
        )

    def staged_value(self, column: ImportColumn) -> str:
        """Return what a staged row says in a column, as SQL: of a sealed one the part that everybody may see."""
        cell = f'staged."{self.db_column(column.name)}"'
        return f"split_part({cell}, ' ', 1)" if column.sealed else cell

    def staged_column(self, name: str) -> str:
        """Return the staging table's name of a column: an owner's code stands beside its key."""
        return OWNER_CODE if self.owner and name == self.owner.name else self.db_column(name)

    def entries_of(self, user: User) -> tuple[ScopeEntry, ...]:
        """Return the posts by which the person may import, and nothing that they merely see."""
        roles = granted_roles().get(self.permission, frozenset())
        return tuple(post.entry for post in user.posts if post.role in roles)


@dataclass(frozen=True)
class Book:
    """An import of a workbook of several sheets, in one go: `parts` in the order in which they are written.

    `verb` is what it is called on record.

    Rows may belong to records that the same workbook brings. `settle` is asked last, and may refuse rows for what stands
    on another sheet: it returns errors by the key of the part.
    """

    key: str
    title: Any
    permission: str
    verb: str
    parts: tuple[ImportSpec, ...]
    list_url: str
    import_url: str
    settle: Callable[["Staging", dict[str, dict[int, Any]]], dict[str, Any]] | None = None
    url_kwargs: Mapping[str, str] = field(default_factory=dict)

    @property
    def key_column(self) -> ImportColumn:
        """The column by which the rows of the first sheet find their record."""
        return self.parts[0].key_column


@dataclass(frozen=True)
class Staging:
    """Where the rows of an import are: the table of each part, by the key of the part."""

    run: Run
    tables: Mapping[str, str]
    parts: tuple[ImportSpec, ...]
    job: int = 0
    found: str = FoundPolicy.UPDATE

    def part_of(self, model: type[Model]) -> ImportSpec | None:
        """Return the part that fills the model, if it is in this import."""
        return next((part for part in self.parts if part.model is model), None)


def declared_of(key: str) -> ImportSpec | Book:
    """Return a declared import by its key: of one sheet, or of several."""
    return next(spec for spec in declared("importing", "IMPORTS") if spec.key == key)


def spec_of(key: str) -> ImportSpec:
    """Return the declared import of one sheet by its key."""
    return declared_of(key)
