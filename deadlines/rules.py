"""The rules by which deadlines run: what an app declares in its own `deadlines.py` as RULES."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.module_loading import import_string, module_has_submodule
from django.utils.translation import gettext_lazy as _

from deadlines.calendar import Unit

Period = tuple[int, str]
Handler = Callable[[Any, Any, datetime], None]
Origin = Callable[[Any], datetime | None]


class Level(TextChoices):
    """Who is told when a deadline has passed; the ladder climbs from the first to the last."""

    ENTERPRISE = "enterprise", _("the enterprise")
    GRID = "grid", _("the grid worker")
    TOWN = "town", _("the town")
    COUNTY = "county", _("the county bureau")
    LEADER = "leader", _("the responsible leader")
    CITY = "city", _("the city bureau")


@dataclass(frozen=True)
class Step:
    """One rung of the escalation ladder: how long after the lapse, and who is told then.

    The time is given as (n, unit), or looked up in the rulebook when `parameter` names a code.
    """

    level: str
    after: Period = (0, Unit.DAY)
    parameter: str = ""


@dataclass(frozen=True)
class Rule:
    """A kind of deadline.

    `parameter` is the rulebook code of the legal number; without one, each deadline is given its day. People are warned
    by `warn_before`, or so long before as the rulebook says under the codes `warn_parameters`.
    `on_event` is the dotted name of `handler(target, event, at)`, called for every event in the row's own
    savepoint. `origin` is the dotted name of `origin(target)`: the moment from which the length counts, where that
    moves while the clock runs.
    """

    code: str
    label: str | Promise
    parameter: str | None = None
    warn_before: tuple[Period, ...] = ((3, Unit.WORKDAY),)
    warn_parameters: tuple[str, ...] = ()
    ladder: tuple[Step, ...] = ()
    moves_off_holiday: bool = True
    on_event: str | None = None
    origin: str | None = None

    @property
    def handler(self) -> Handler | None:
        """Return the function behind `on_event`."""
        return import_string(self.on_event) if self.on_event else None

    @property
    def moved_origin(self) -> Origin | None:
        """Return the function behind `origin`."""
        return import_string(self.origin) if self.origin else None


@dataclass
class Registry:
    """All rules by their code, filled once from the apps."""

    rules: dict[str, Rule] = field(default_factory=dict)

    def register(self, rule: Rule) -> None:
        """Add a rule; a second one under the same code is a mistake of the programmer."""
        if self.rules.setdefault(rule.code, rule) != rule:
            raise ImproperlyConfigured(f"Two deadline rules are called {rule.code!r}.")

    def discover(self) -> None:
        """Read RULES from the `deadlines` module of every app that has one."""
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "deadlines"):
                for rule in import_module(f"{app.name}.deadlines").RULES:
                    self.register(rule)


def find(code: str) -> Rule:
    """Return the rule of that code; raise LookupError when no app declares it."""
    try:
        return registry.rules[code]
    except KeyError as error:
        raise LookupError(f"No app declares the deadline rule {code!r}.") from error


registry = Registry()
