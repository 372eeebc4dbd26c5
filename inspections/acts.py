"""What a look at a site is called, by its kind.

Only an inspection in law is called one (国办发〔2024〕54号). Who goes round a grid reads "patrol" on every button: the word
must not make an inspector of who only gathers facts, nor a suspect of who is looked after. Pages, buttons, messages and
menus take the word from here; where several kinds stand side by side it is the common one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True)
class Act:
    """One such word: as it stands inside a sentence, and as the name of a list."""

    noun: Text
    records: Text


VISIT = Act(pgettext_lazy("act", "visit"), _("Visits"))
INSPECTION = Act(pgettext_lazy("act", "inspection"), pgettext_lazy("act", "Inspections"))
SUPERVISION = Act(pgettext_lazy("act", "supervision"), _("Supervision of government"))
PATROL = Act(pgettext_lazy("act", "patrol"), pgettext_lazy("act", "Patrol records"))
SELF_CHECK = Act(pgettext_lazy("act", "self-check"), _("Self-checks"))
EXPERT = Act(pgettext_lazy("act", "expert visit"), pgettext_lazy("act", "Expert visits"))


def about(words: Text) -> Callable[[Any], str]:
    """Return the sentence for a visit, with what it is called where `words` say %(act)s."""
    return lambda visit: words % {"act": visit.act.noun}
