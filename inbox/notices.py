"""What an app declares in its `messages.py`: on which event whom to tell what.

`NOTICES = [Notice(on="hazards.report", wording=Wording("hazards.reported", …), audience=…, …)]`
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

# A complainant's identity and a person's identity number never travel in a message (handbook §11.4, §12.2).
FORBIDDEN_FIELDS = re.compile(r"complain|whistle|reporter|informant|id_no|id_number|identity")


@dataclass(frozen=True)
class Phone:
    """Somebody without a sign-in who is told by SMS: the contact of an enterprise, an expert."""

    number: str
    name: str = ""


@dataclass(frozen=True)
class Wording:
    """The product's own words for a notice, with the named fields that they, or an administrator's, may use.

    `fields` maps each name to an example, shown to the administrator. An empty `sms` means `body` is sent.
    """

    code: str
    label: Any
    title: Any
    fields: Mapping[str, str]
    body: Any = ""
    sms: Any = ""

    def __post_init__(self) -> None:
        for name in self.fields:
            if FORBIDDEN_FIELDS.search(name):
                raise ImproperlyConfigured(f"{self.code}: {name} may not travel in a message.")


@dataclass(frozen=True)
class Notice:
    """On `on`, tell `audience(target, event)` in the words of `wording` filled by `values(target, event)`.

    `on` is `"<app>.<verb>"` for a state change, `"deadline:<rule>:<kind>"` for a clock. The event handed
    over is the `StateChange` or the `DeadlineEvent`. `url(target)` is the page the message opens.
    Urgent notices are sent in quiet hours, over the daily cap, and whatever the receiver's wishes.
    """

    on: str | tuple[str, ...]
    wording: Wording
    audience: Callable[[Any, Any], Iterable[Any]]
    values: Callable[[Any, Any], Mapping[str, Any]]
    url: Callable[[Any], str] | None = None
    sms: bool = False
    urgent: bool = False
    code: str = field(default="")

    @property
    def name(self) -> str:
        """What tells the notice apart from all others; the wording's code unless two share one wording."""
        return self.code or self.wording.code

    @property
    def events(self) -> tuple[str, ...]:
        """The events it listens to."""
        return (self.on,) if isinstance(self.on, str) else self.on


@dataclass(frozen=True)
class Registry:
    """All notices of all apps, by the event that calls them."""

    by_event: Mapping[str, tuple[Notice, ...]]
    by_name: Mapping[str, Notice]

    def of(self, event: str) -> tuple[Notice, ...]:
        """Notices that listen to this event."""
        return self.by_event.get(event, ())

    def wordings(self) -> dict[str, Wording]:
        """Every wording by its code."""
        return {notice.wording.code: notice.wording for notice in self.by_name.values()}

    def with_sms(self) -> set[str]:
        """Codes of the wordings that also go out by SMS."""
        return {notice.wording.code for notice in self.by_name.values() if notice.sms}


def build(notices: Iterable[Notice]) -> Registry:
    """Return the registry of these notices; two of one name are a mistake in the code."""
    by_event: dict[str, list[Notice]] = defaultdict(list)
    by_name: dict[str, Notice] = {}
    for notice in notices:
        if notice.name in by_name:
            raise ImproperlyConfigured(f"Two notices are called {notice.name}.")
        by_name[notice.name] = notice
        for event in notice.events:
            by_event[event].append(notice)
    return Registry({event: tuple(found) for event, found in by_event.items()}, by_name)


@cache
def registry() -> Registry:
    """Return what the apps declared in their `messages.py`, read once."""
    return build(declared("messages", "NOTICES"))


def declared(module_name: str, attribute: str) -> list[Any]:
    """Return the entries of one extension point from every app that has the module."""
    found: list[Any] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, module_name):
            found.extend(getattr(import_module(f"{config.name}.{module_name}"), attribute, ()))
    return found


def field_names(text: str) -> set[str]:
    """Names in braces of a wording; raises ValueError when a brace is left open or a name is not plain."""
    names = set()
    for _literal, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(name)
        names.add(name)
    return names
