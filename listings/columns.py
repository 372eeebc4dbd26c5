"""Columns: declared once, for the screen and for the export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from html import escape as plainly_escaped
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Value = Callable[[Any], Any]
# Stands for a key while the pattern of an address is found out.
STAND_IN = 987654321


@dataclass(frozen=True)
class Column:
    """A column of a list.

    `value` is an attribute path or a function of the row; `html` draws the cell where the plain value is not enough.
    `sort` is the field to order by, through which an index exists; "-found_at" for a column that grows while the field
    falls, such as days waiting. `css` are classes of the cell; `sw-desk` hides it on a phone. `row_label` writes the
    label before the value where rows become records. `needs` are the fields that a function of the row reads.
    """

    name: str
    label: Any
    value: str | Value
    html: Callable[[Any], SafeString] | None = None
    sort: str = ""
    css: str = ""
    default: bool = True
    row_label: bool = False
    needs: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the row that the value is made of; none where a function does not say."""
        return (self.value.field,) if isinstance(self.value, Display) else self.needs or self.path[:1]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The attribute path, name by name."""
        return () if callable(self.value) else tuple(self.value.split("."))

    @cached_property
    def is_number(self) -> bool:
        """Say whether the cell is set as a number, in groups of three digits."""
        return "sw-num" in self.css.split()

    def raw(self, row: Any) -> Any:
        """Return the value as an export writes it."""
        if not self.path:
            return self.value(row)
        for name in self.path:
            row = getattr(row, name, None)
            if row is None:
                return None
        return row

    @property
    def reader(self) -> Value:
        """Return the quickest way to the value, for whoever reads a great many rows."""
        if isinstance(self.value, Display):
            return self.value.reader()
        return attrgetter(self.path[0]) if len(self.path) == 1 else self.raw

    def cell(self, row: Any) -> SafeString:
        """Return the cell as the screen shows it."""
        return mark_safe(self.painter()(row))  # noqa: S308 - drawn escaped

    def painter(self) -> Callable[[Any], str]:
        """Return what draws the cell of row after row, escaped, in the language and the year of this moment.

        It gives plain text: to mark each of hundreds of cells as safe takes longer than to draw them.
        """
        if self.html:
            return self.html
        read, is_number, year = self.reader, self.is_number, localdate().year

        def cell(row: Any) -> str:
            value = read(row)
            if value.__class__ is str:
                return plainly_escaped(value)
            if is_number and value.__class__ is int:
                return f"{value:,}"
            if is_number and value.__class__ is Decimal:
                return f"{value.normalize():,f}"
            return conditional_escape(in_words(value, year))

        return cell

    def opening(self) -> str:
        """Return the opening tag of the column's cells; it is the same in every row."""
        css = f' class="{escape(self.css)}"' if self.css else ""
        label = f' data-label="{escape(self.label)}"' if self.row_label else ""
        return f"<td{css}{label}>"


def head_cell(label: Any, css: str, url: str, sort: str) -> str:
    """Return the head of a column: its label, a link where the list can be sorted by it, and how it is sorted now."""
    words = plainly_escaped(str(label))
    attributes = f' class="{plainly_escaped(css)}"' if css else ""
    attributes += f' aria-sort="{sort}"' if sort else ""
    inner = f'<a href="{plainly_escaped(url)}">{words}</a>' if url else words
    return f'<th scope="col"{attributes}>{inner}</th>'


def tick_box(row: Model) -> str:
    """Return the cell in which a row is picked for a bulk verb."""
    return (
        '<td class="sw-check"><input class="form-check-input" type="checkbox" name="id" '
        f'value="{plainly_escaped(str(row.pk))}" aria-label="{plainly_escaped(str(row))}"></td>'
    )


def in_words(value: Any, this_year: int | None = None) -> Any:
    """Write a value as a person reads it; days of another year with their year."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        value = localtime(value).date()
    if isinstance(value, date):
        short = f"{value.month:02}-{value.day:02}"
        return short if value.year == (this_year or localdate().year) else f"{value.year}-{short}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def link(url: str, text: Any) -> SafeString:
    """Return a link that shows its whole text on pointing, where the cell cuts it."""
    words = plainly_escaped(str(text))
    return SafeString(f'<a href="{plainly_escaped(url)}" title="{words}">{words}</a>')


def linked(url_name: str, text: str = "name", key: str = "pk") -> Callable[[Any], SafeString]:
    """Draw a cell as a link to the page of a record; `text` and `key` are attribute paths of the row."""
    words, keys = Column("", "", text), Column("", "", key)

    def html(row: Any) -> SafeString:
        found = keys.raw(row)
        return (
            conditional_escape(words.raw(row))
            if found is None
            else link(address(url_name, found), words.raw(row))
        )

    return html


def address(url_name: str, key: Any) -> str:
    """Return the address of a record: the pattern is resolved once, not for every row."""
    head, tail = address_parts(url_name)
    return f"{head}{key}{tail}"


@cache
def address_parts(url_name: str) -> tuple[str, str]:
    """Return what stands before and after the key."""
    head, _key, tail = reverse(url_name, args=[STAND_IN]).partition(str(STAND_IN))
    return head, tail


@dataclass(frozen=True)
class Display:
    """The words of a field with choices; a long list asks for the same few again and again."""

    field: str

    def __call__(self, row: Any) -> Any:
        """Return the words in the language of the moment."""
        code = getattr(row, self.field)
        return labels_of(type(row), self.field, get_language()).get(code, code)

    def reader(self) -> Value:
        """Return the same for a great many rows, in the language of this moment."""
        language, field = get_language(), self.field

        def value(row: Any) -> Any:
            code = getattr(row, field)
            return labels_of(row.__class__, field, language).get(code, code)

        return value


def display(field: str) -> Display:
    """Give the words of a field with choices."""
    return Display(field)


@cache
def labels_of(model: type[Model], field: str, language: str | None) -> dict[Any, str]:
    """Return the words of the choices in one language."""
    return {code: str(label) for code, label in model._meta.get_field(field).flatchoices}
