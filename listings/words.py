"""Filters in words: for chips, for the head of an export, for the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django_filters import Filter, FilterSet

SHOWN_VALUES = 3
LONGEST = 60


@dataclass(frozen=True)
class Chip:
    """One condition: what about, which values, and the address of the list without it."""

    label: Any
    words: str
    url: str


def chips(filterset: FilterSet, query: QueryDict, address: Callable[..., str]) -> list[Chip]:
    """Return a chip for every condition that is in force."""
    form = filterset.form
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if hasattr(form, "cleaned_data") else None
        if not is_set(value):
            continue
        parts = dict.fromkeys(part for part in parameters(name, field) if part in query)
        found.append(Chip(field.label or name, in_words(field, value), address(page=None, **parts)))
    return found


def named(filters: Mapping[str, Filter], query: QueryDict) -> dict[str, Filter]:
    """Return the filters that a query has a parameter for; to make a field of each of the others takes milliseconds."""
    return {
        name: each
        for name, each in filters.items()
        if name in query or any(part.startswith(f"{name}_") for part in query)
    }


def parameters(name: str, field: Any) -> list[str]:
    """Return the parameters of the address that a condition consists of: a range has two."""
    suffixes = getattr(field.widget, "suffixes", None)
    return [f"{name}_{suffix}" if suffix else name for suffix in suffixes] if suffixes else [name]


def is_set(value: Any) -> bool:
    """Say whether a condition was given; False is an answer, an empty list is none."""
    if isinstance(value, QuerySet):
        return value.exists()
    return value not in (None, "", [], ())


def in_words(field: Any, value: Any) -> str:
    """Write the values of a condition."""
    if isinstance(value, slice):
        return between(value.start, value.stop)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = (
        {str(key): str(label) for key, label in flat(getattr(field, "choices", ()))}
        if not isinstance(value, Model)
        else {}
    )
    values = value if isinstance(value, list | tuple | QuerySet) else [value]
    words = [choices.get(str(one), str(one)) for one in values]
    text = pgettext("between the items of a list", ", ").join(words[:SHOWN_VALUES])
    text = Truncator(text).chars(LONGEST)
    if len(words) > SHOWN_VALUES:
        text = ngettext(
            "%(words)s and others, %(n)d in all", "%(words)s and others, %(n)d in all", len(words)
        ) % {
            "words": text,
            "n": len(words),
        }
    return text


def between(start: Any, stop: Any) -> str:
    """Write a range of days or numbers."""
    first, last = day(start), day(stop)
    if first and last:
        return f"{first} – {last}"
    return _("from %(first)s") % {"first": first} if first else _("until %(last)s") % {"last": last}


def day(value: Any) -> str:
    """Write the day of a moment, or the value itself."""
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value or "")


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups; a queryset's choices are not read, they may be many."""
    found: list[tuple[Any, Any]] = []
    for key, label in choices if isinstance(choices, list | tuple) else list(choices)[:500]:
        if isinstance(label, list | tuple):
            found.extend(label)
        else:
            found.append((key, label))
    return found


def sentence(found: list[Chip]) -> str:
    """Write all conditions in one line."""
    return "；".join(f"{chip.label}：{chip.words}" for chip in found) or _("everything")
