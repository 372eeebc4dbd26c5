"""The states of an order to a government body: issued, replied to, closed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import GovernmentOrder
from inspections.supervision.rules import belongs_to_body, belongs_to_supervisors
from lifecycle.table import Lifecycle, Refusal, State, Verb


def replied_by_another(order: GovernmentOrder, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody closes their own reply."""
    if actor and order.replied_by_id == actor.pk:
        return Refusal(_("You wrote the reply."), _("The supervising side closes the order."))
    return None


def by_the_body(order: GovernmentOrder, actor: User | None, at: datetime) -> Refusal | None:
    """The body that was looked at answers for itself."""
    if actor is None or belongs_to_body(order.visit, actor):
        return None
    return Refusal(_("The order is addressed to another body."), _("That body replies."), hides=True)


def by_the_supervisors(order: GovernmentOrder, actor: User | None, at: datetime) -> Refusal | None:
    """The body that looked decides whether it is put right; nobody decides on the own body."""
    if actor is None or belongs_to_supervisors(order.visit, actor):
        return None
    return Refusal(_("Another body carried the supervision out."), _("That body decides."), hides=True)


ORDER = Lifecycle(
    name="inspections.order",
    model="inspections.GovernmentOrder",
    initial="issued",
    states=(
        State("issued", _("To be put right"), phase="1", deadline="inspections.order_reply"),
        State("replied", _("Reply under review"), phase="3", deadline="inspections.order_review"),
        State("closed", _("Closed"), phase="done", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("issue_order", _("Issue the order"), (), "issued", label_done=_("Issued the order")),
        Verb("reply_order", _("Reply"), ("issued",), "replied", guards=(by_the_body,), primary=True),
        Verb(
            "return_reply",
            _("Return the reply"),
            ("replied",),
            "issued",
            guards=(by_the_supervisors,),
            needs_reason=True,
        ),
        Verb(
            "close_order",
            _("Put right, close"),
            ("replied",),
            "closed",
            guards=(by_the_supervisors, replied_by_another),
            primary=True,
            otherwise="return_reply",
        ),
    ),
)
