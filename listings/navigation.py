"""The menu: entries that the apps declare in their `navigation.py`, shown to who may open them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.services import may
from listings.discovery import declared, words_for


@dataclass(frozen=True)
class Entry:
    """A menu entry; `matches` is the beginning of the paths on which it is the current one.

    The label is a word, or a function that gives each person theirs.
    A `main` entry is what most people of its permission come for: the home page shows it as its one button.
    """

    label: Any
    url_name: str
    icon: str = ""
    order: int = 50
    permission: str = ""
    matches: str = ""
    main: bool = False


@dataclass(frozen=True)
class Item:
    """An entry as this person sees it on this page."""

    label: Any
    url: str
    current: bool
    main: bool = False


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries in their order; rooms below this one declare theirs as plain mappings."""
    found = [
        Entry(**entry) if isinstance(entry, Mapping) else entry for entry in declared("navigation", "ENTRIES")
    ]
    return tuple(sorted(found, key=lambda entry: entry.order))


def menu(request: HttpRequest) -> dict[str, Any]:
    """Give every template the entries that the person may open, made only if the page shows them."""
    return {"navigation": SimpleLazyObject(lambda: items(request))}


def items(request: HttpRequest) -> list[Item]:
    """Return the person's menu."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    shown = [entry for entry in entries() if not entry.permission or may(user, entry.permission)]
    made = [(entry, reverse(entry.url_name)) for entry in shown]
    # The first page is the beginning of every path, and current only on itself.
    fitting = [
        begin
        for begin in (entry.matches or url for entry, url in made)
        if request.path == begin or (begin != "/" and request.path.startswith(begin))
    ]
    current = max(fitting, key=len, default=None)
    return [
        Item(words_for(entry.label, user), url, (entry.matches or url) == current, entry.main)
        for entry, url in made
    ]
