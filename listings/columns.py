"""Columns: declared once, for the screen and for the export."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column of a list.

    `value` is an attribute path or a function of the row; `html` draws the cell where the plain value is not enough.
    `sort` is the field to order by, through which an index exists. `css` are classes of the cell; `wide` columns are
    hidden on a phone by `sw-desk`.
    """

    name: str
    label: Any
    value: str | Value
    html: Callable[[Any], SafeString] | None = None
    sort: str = ""
    css: str = ""
    default: bool = True
    row_label: bool = False

    def raw(self, row: Any) -> Any:
        """Return the value as an export writes it."""
        if callable(self.value):
            return self.value(row)
        for name in self.value.split("."):
            row = getattr(row, name, None)
            if row is None:
                return None
        return row

    def cell(self, row: Any) -> SafeString:
        """Return the cell as the screen shows it."""
        if self.html:
            return self.html(row)
        return conditional_escape(in_words(self.raw(row)))


def in_words(value: Any) -> Any:
    """Write a value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return localtime(value).strftime("%m-%d")
    if isinstance(value, date):
        return value.strftime("%m-%d")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def link(url: str, text: Any) -> SafeString:
    """Return a link that shows its whole text on pointing, where the cell cuts it."""
    return format_html('<a href="{}" title="{}">{}</a>', url, text, text)
