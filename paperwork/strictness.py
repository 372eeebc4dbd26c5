"""Whether a kind says all that it is told: facts that no block uses are a promise nobody keeps."""

from collections.abc import Set
from dataclasses import fields, is_dataclass
from typing import Any

from paperwork.blocks import DocumentKind, Stamp


class Watched:
    """Facts that remember which of them were read. A name that was not declared raises AttributeError."""

    def __init__(self, facts: Any, path: str, read: set[str]) -> None:
        self._facts, self._path, self._read = facts, path, read

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._facts, name)
        path = f"{self._path}{name}"
        self._read.add(path)
        return watched(value, f"{path}.", self._read)


def watched(value: Any, path: str, read: set[str]) -> Any:
    """Watch facts, and each of several."""
    if isinstance(value, tuple):
        return tuple(watched(one, path, read) for one in value)
    return Watched(value, path, read) if is_dataclass(value) else value


def declared(facts: Any, path: str = "") -> set[str]:
    """Return the paths of all facts, those inside of facts too."""
    found: set[str] = set()
    for field in fields(facts):
        value = getattr(facts, field.name)
        found.add(f"{path}{field.name}")
        for one in value if isinstance(value, tuple) else (value,):
            if is_dataclass(one):
                found |= declared(one, f"{path}{field.name}.")
    return found


def unused(kind: DocumentKind, facts: Any, stamp: Stamp) -> Set[str]:
    """Return the facts that the document declares and does not use."""
    read: set[str] = set()
    kind.build(Watched(facts, "", read), stamp)
    return declared(facts) - read
