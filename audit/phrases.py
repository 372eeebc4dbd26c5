"""How a verb reads in a timeline."""

from typing import Any

_phrases: dict[str, Any] = {}


def register(verb: str, phrase: Any) -> None:
    """Name a verb, `hazards.accept_repair`, in words."""
    _phrases[verb] = phrase


def phrase_of(verb: str) -> Any:
    """Return the words of a verb, or the verb itself where nobody has named it."""
    return _phrases.get(verb, verb)


def known() -> list[tuple[str, str]]:
    """Return every verb that has words, with them, in the order of the words."""
    return sorted(((verb, str(phrase)) for verb, phrase in _phrases.items()), key=lambda pair: pair[1])
