"""The words in which the table of rights is written: who, and which answer they get at an address."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from tests.people import People

EVERYBODY = frozenset(each.name for each in fields(People))
VISITOR = "visitor"
SIGN_IN = 302


def names(*given: str | Iterable[str]) -> frozenset[str]:
    """Return the names of persons and groups together."""
    return frozenset(name for one in given for name in ([one] if isinstance(one, str) else one))


@dataclass(frozen=True)
class Access:
    """What each person is answered; a visitor is led to the sign-in page unless `visitor` says otherwise."""

    answers: dict[int, frozenset[str]] = field(default_factory=dict)
    otherwise: int = 404
    visitor: int = SIGN_IN

    def of(self, person: str) -> int:
        """Return the status that this person is owed."""
        if person == VISITOR:
            return self.visitor
        return next((status for status, people in self.answers.items() if person in people), self.otherwise)


def open_to(people: Iterable[str], *, otherwise: int = 404) -> Access:
    """Open to these people; for the others it does not exist, or is forbidden."""
    return Access({200: frozenset(people)}, otherwise)
