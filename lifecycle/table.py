"""The words of a lifecycle table. No database: a table is read by people, checks, pages and tests alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from lifecycle.refusals import Refusal, Text

# How far the disk of a state is filled; see the look kit.
PHASES = frozenset({"0", "1", "2", "3", "done", "void", "pause"})

# A state that names neither a deadline nor None has been forgotten.
FORGOTTEN = ""


Guard = Callable[[Any, Any, datetime], Refusal | None]


@dataclass(frozen=True)
class State:
    """A state. `deadline` is the rule whose clock runs in it, or None where there is none on purpose."""

    code: str
    label: Text
    phase: str
    deadline: str | None = FORGOTTEN
    terminal: bool = False


@dataclass(frozen=True)
class Verb:
    """What can be done to a record in one of its `sources`, and the state in which that leaves it.

    Without sources the verb makes the record; without a target the state stays. `by_clock` lets the clock
    take it. Moving settles the clock of the state that is left and starts that of the state that is
    entered; `keeps` are rules that run on all the same, `settles` and `starts` further ones. `otherwise` is the verb of
    whoever decides the other way: its page is one tap from this one's. `label_for` names the verb for a record, where
    what is done is called differently from one to the other.
    """

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str | None
    permission: str = ""
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False
    primary: bool = False
    by_clock: bool = False
    label_done: Text = ""
    settles: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    otherwise: str = ""
    label_for: Callable[[Any], Text] | None = None

    def named(self, obj: Any) -> Verb:
        """Return the verb under the name that it has for this record."""
        return replace(self, label=self.label_for(obj)) if self.label_for else self

    @property
    def makes(self) -> bool:
        """Say whether the verb makes the record."""
        return not self.sources

    def refusal(self, obj: Any, actor: Any, at: datetime) -> Refusal | None:
        """Return the first guard's answer that stands against the verb."""
        return next((refusal for guard in self.guards if (refusal := guard(obj, actor, at))), None)


@dataclass(frozen=True, eq=False)
class Lifecycle:
    """One table: the states of a kind of record and the verbs between them; there is one object of each."""

    name: str
    model: str
    states: tuple[State, ...]
    verbs: tuple[Verb, ...]
    initial: str

    @property
    def app_label(self) -> str:
        """The app whose model this is."""
        return self.model.partition(".")[0]

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    @cached_property
    def _verbs(self) -> dict[str, Verb]:
        return {verb.name: verb for verb in self.verbs}

    def state(self, code: str) -> State:
        """Return the state of that code."""
        return self._states[code]

    def has_state(self, code: str) -> bool:
        """Say whether the table knows the state."""
        return code in self._states

    def verb(self, name: str) -> Verb:
        """Return the verb of that name; raise LookupError for a word the table does not have."""
        try:
            return self._verbs[name]
        except KeyError as error:
            raise LookupError(f"{self.name} has no verb {name!r}.") from error

    def find_verb(self, name: str) -> Verb | None:
        """Return the verb of that name, or None."""
        return self._verbs.get(name)

    def permission(self, verb: Verb) -> str:
        """Return the permission that the verb asks for."""
        return verb.permission or f"{self.app_label}.{verb.name}"

    def audit_verb(self, verb: Verb) -> str:
        """Return the verb's name in the audit trail and in messages."""
        return f"{self.app_label}.{verb.name}"

    def clocks_to_settle(self, verb: Verb, state: str) -> list[str]:
        """Return the deadline rules that are done with when the verb is taken in this state."""
        left = self.state(state).deadline
        stays = {*verb.keeps, self.state(verb.target).deadline} if verb.target else {left}
        return [*verb.settles, *([left] if left and left not in stays else [])]

    def clocks_to_start(self, verb: Verb) -> list[str]:
        """Return the deadline rules that must be running after the verb."""
        return [*verb.starts, *(self._clock_of(verb.target) if verb.target else ())]

    def clocks_to_start_with(self, verb: Verb | None) -> list[str]:
        """Return the deadline rules that must be running on a new record."""
        return [*(verb.starts if verb else ()), *self._clock_of(self.initial)]

    def _clock_of(self, state: str) -> list[str]:
        rule = self.state(state).deadline
        return [rule] if rule else []

    def verbs_from(self, state: str) -> Iterator[Verb]:
        """Give the verbs that lead on from a state, in the order of the table."""
        return (verb for verb in self.verbs if state in verb.sources)

    def open_states(self) -> list[str]:
        """Return the codes of states in which something is still to be done."""
        return [state.code for state in self.states if not state.terminal]
