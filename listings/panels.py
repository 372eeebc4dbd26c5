"""Panels: what an upper app shows on the page of a lower app's record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from accounts.models import User
from accounts.services import may
from listings.discovery import declared, words_for


@dataclass(frozen=True)
class Panel:
    """A section on the page of every record of `model` ("enterprises.Enterprise").

    `context(obj, user)` gives what the template shows; `count(obj, user)` the number beside the tab.
    A panel whose `applies(obj, user)` says no is left out, tab and section. The label is a word, or a function that gives
    each person theirs.
    """

    model: str
    code: str
    label: Any
    template: str
    context: Callable[[Any, User], dict[str, Any]]
    count: Callable[[Any, User], int] | None = None
    order: int = 50
    permission: str = ""
    applies: Callable[[Any, User], bool] | None = None


@cache
def panels_of(model: type[Model]) -> tuple[Panel, ...]:
    """Return the panels declared for the model, in their order."""
    found = [panel for panel in declared("panels", "PANELS") if apps.get_model(panel.model) is model]
    return tuple(sorted(found, key=lambda panel: panel.order))


def shown(obj: Model, user: User) -> list[Panel]:
    """Return the panels of the record that the person may see."""
    allowed = [p for p in panels_of(type(obj)) if not p.permission or may(user, p.permission)]
    applying = [panel for panel in allowed if panel.applies is None or panel.applies(obj, user)]
    return [
        replace(panel, label=words_for(panel.label, user)) if callable(panel.label) else panel
        for panel in applying
    ]
