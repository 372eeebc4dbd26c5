"""The states of an enterprise's own list: composed, submitted, accepted (编制 → 验收), and in the end replaced."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from inspections.models import SelfCheckList
from lifecycle.table import Lifecycle, Refusal, State, Verb


def has_items(row: SelfCheckList, actor: User | None, at: datetime) -> Refusal | None:
    """An empty list checks nothing."""
    if row.item_count:
        return None
    return Refusal(_("The list has no items."), _("Choose them from the library, or add your own."))


SELF_CHECK_LIST = Lifecycle(
    name="inspections.self_check_list",
    model="inspections.SelfCheckList",
    initial="draft",
    states=(
        State("draft", _("Being composed"), phase="0", deadline="inspections.compose_list"),
        State(
            "submitted",
            pgettext_lazy("list", "Waiting for acceptance"),
            phase="2",
            deadline="inspections.accept_list",
        ),
        # The clock of the next check is started by `self_checks.clock`: none runs while the enterprise stands still.
        State("accepted", _("In use"), phase="done", deadline=None),
        State("superseded", _("Replaced"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("compose_list", _("Compose a list"), (), "draft", label_done=_("Began a list")),
        Verb(
            "submit_list", _("Hand in the list"), ("draft",), "submitted", guards=(has_items,), primary=True
        ),
        Verb(
            "accept_list",
            _("Accept the list"),
            ("submitted",),
            "accepted",
            primary=True,
            otherwise="return_list",
        ),
        Verb("return_list", _("Return the list"), ("submitted",), "draft", needs_reason=True),
        Verb(
            "supersede_list",
            _("Replaced by another list"),
            # Also one that is being composed, when the files of two enterprises merge.
            ("draft", "submitted", "accepted"),
            "superseded",
            by_clock=True,
        ),
    ),
)
