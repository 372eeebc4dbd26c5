"""System checks: the rules that apps declare can really run."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from deadlines.calendar import Unit
from deadlines.rules import Level, Rule, registry


@register()
def check_rules(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Find rules with an unknown unit or level, or a handler that cannot be imported."""
    return [error for rule in registry.rules.values() for error in _errors(rule)]


def _errors(rule: Rule) -> list[CheckMessage]:
    found = []
    if "." not in rule.code:
        found.append(Error(f"The deadline rule {rule.code!r} lacks its app's name.", id="deadlines.E001"))
    for _n, unit in [*rule.warn_before, *(step.after for step in rule.ladder)]:
        if unit not in Unit.values:
            found.append(Error(f"{rule.code}: {unit!r} is not a unit of time.", id="deadlines.E002"))
    for step in rule.ladder:
        if step.level not in Level.values:
            found.append(Error(f"{rule.code}: {step.level!r} is not a level.", id="deadlines.E003"))
    try:
        callable_ = rule.handler
    except ImportError as error:
        return [*found, Error(f"{rule.code}: on_event cannot be imported: {error}", id="deadlines.E004")]
    if callable_ is not None and not callable(callable_):
        found.append(Error(f"{rule.code}: on_event is not a function.", id="deadlines.E004"))
    return found
