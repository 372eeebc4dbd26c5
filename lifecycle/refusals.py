"""Why a verb is not taken: the sentence, its rule and its article, and the exceptions that carry it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Refusal:
    """Why a verb cannot be taken now: what is missing, the rule behind it, and the article.

    `hides` says that the verb makes no sense for this record at all: its button is not shown, only refused.
    """

    missing: Text
    rule: Text = ""
    law: str = ""
    article: int | None = None
    paragraph: str = ""
    hides: bool = False

    def __str__(self) -> str:
        return f"{self.missing}{self.gap}{self.rule}" if self.rule else str(self.missing)

    @property
    def gap(self) -> str:
        """The space between two sentences; Chinese writes none after its full stop."""
        return "" if str(self.missing).endswith(("。", "；", "！", "？")) else " "


class VerbRefused(Exception):
    """The verb was not taken, and nothing has changed. `str()` of it is the sentence for the screen."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal

    def __str__(self) -> str:
        return str(self.refusal)


class NotPermitted(VerbRefused, PermissionDenied):
    """None of the person's posts may do this here; left alone, it becomes the answer 403."""


class WrongState(VerbRefused):
    """The record is not in a state from which the verb leads on."""


class AlreadyDone(WrongState):
    """The record has just gone through this very verb: a double click, or a colleague was first."""


class StaleForm(VerbRefused):
    """Somebody changed the record after the person opened the form."""
