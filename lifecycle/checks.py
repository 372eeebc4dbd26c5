"""System checks: a table says what it means, and nothing in it leads nowhere."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from accounts.grants import granted_roles
from deadlines.rules import registry as deadline_rules
from lifecycle import registry
from lifecycle.models import Stateful
from lifecycle.table import FORGOTTEN, PHASES, Lifecycle, State, Verb

Fault = tuple[str, str]


@register()
def check_tables(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check every table that an app declares."""
    return [error for table in registry.tables() for error in check_table(table)]


def check_table(table: Lifecycle) -> list[CheckMessage]:
    """Return what is wrong with one table."""
    # Whether a state can be reached is worth asking only of a table whose words are right.
    faults = list(_faults(table)) or [*_dead_ends(table), *_nobodys(table)]
    return [Error(f"{table.name}: {text}", id=f"lifecycle.{code}") for code, text in faults]


def _faults(table: Lifecycle) -> Iterator[Fault]:
    yield from _words(table)
    for state in table.states:
        yield from _state_faults(state)
    for verb in table.verbs:
        yield from _verb_faults(table, verb)


def _state_faults(state: State) -> Iterator[Fault]:
    if state.phase not in PHASES:
        yield "E003", f"the state {state.code!r} has the unknown phase {state.phase!r}."
    if state.deadline == FORGOTTEN and not state.terminal:
        yield "E004", f"the open state {state.code!r} names no deadline; say deadline=None if it has none."
    elif state.deadline and state.deadline not in deadline_rules.rules:
        yield "E005", f"the state {state.code!r} names the unknown deadline rule {state.deadline!r}."


def _verb_faults(table: Lifecycle, verb: Verb) -> Iterator[Fault]:
    for code in (*verb.sources, *([verb.target] if verb.target else ())):
        if not table.has_state(code):
            yield "E006", f"the verb {verb.name!r} names the unknown state {code!r}."
    for rule in (*verb.settles, *verb.starts, *verb.keeps):
        if rule not in deadline_rules.rules:
            yield "E005", f"the verb {verb.name!r} names the unknown deadline rule {rule!r}."
    if verb.otherwise and table.find_verb(verb.otherwise) is None:
        yield "E011", f"the verb {verb.name!r} names the unknown verb {verb.otherwise!r}."
    if verb.makes and verb.target != table.initial:
        yield "E007", f"the verb {verb.name!r} makes the record and must lead to {table.initial!r}."


def _words(table: Lifecycle) -> Iterator[Fault]:
    """Find names that are used twice, an unknown beginning, and a model that cannot hold a state."""
    for kind, names in (
        ("state", [state.code for state in table.states]),
        ("verb", [verb.name for verb in table.verbs]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield "E001", f"there are two entries for the {kind} {name!r}."
    if not table.has_state(table.initial):
        yield "E002", f"the initial state {table.initial!r} is not in the table."
    try:
        model = apps.get_model(table.model)
    except LookupError:
        yield "E002", f"the model {table.model!r} does not exist."
    else:
        if not issubclass(model, Stateful):
            yield "E002", f"the model {table.model!r} is not Stateful."


def _dead_ends(table: Lifecycle) -> Iterator[Fault]:
    """Find states to which no verb leads, and open states from which none leads on."""
    reached, ahead = set(), [table.initial]
    while ahead:
        state = ahead.pop()
        reached.add(state)
        nexts = {verb.target for verb in table.verbs_from(state) if verb.target}
        ahead.extend(nexts - reached)
        if not table.state(state).terminal and not nexts - {state}:
            yield "E009", f"no verb leads on from the open state {state!r}."
    for state in table.states:
        if state.code not in reached:
            yield "E008", f"no verb leads to the state {state.code!r}."


def _nobodys(table: Lifecycle) -> Iterator[Fault]:
    """Find verbs that no role may take, although they are not the clock's."""
    for verb in table.verbs:
        if not verb.by_clock and not granted_roles().get(table.permission(verb)):
            yield "E010", f"no role holds the permission {table.permission(verb)!r}."
