"""The states of a change request and of a conflict, and the verbs that move them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from enterprises.models import ChangeRequest
from enterprises.truth.writing import parsed
from lifecycle.table import Lifecycle, Refusal, State, Verb


def asker_does_not_decide(request: ChangeRequest, actor: User | None, at: datetime) -> Refusal | None:
    """Nobody answers their own request."""
    if actor and request.asked_by_id == actor.pk:
        return Refusal(_("You asked for this change."), _("Somebody else decides on it."))
    return None


def still_as_asked(request: ChangeRequest, actor: User | None, at: datetime) -> Refusal | None:
    """A request that was made against facts which have changed since cannot be approved."""
    if moved_on(request, request.enterprise):
        return Refusal(
            _("The file has changed since this was asked."),
            _("Return the request; the enterprise asks again on what stands now."),
        )
    return None


def moved_on(request: ChangeRequest, enterprise: Any) -> list[str]:
    """Return the facts that no longer say what they said when the change was asked for."""
    return [name for name, value in parsed(request.before).items() if getattr(enterprise, name) != value]


CHANGE_REQUEST = Lifecycle(
    name="enterprises.change_request",
    model="enterprises.ChangeRequest",
    initial="submitted",
    states=(
        State("submitted", _("Waiting for review"), phase="1", deadline="enterprises.review_change"),
        State("approved", _("Approved"), phase="done", deadline=None, terminal=True),
        State(
            "returned",
            pgettext_lazy("change request", "Returned"),
            phase="void",
            deadline=None,
            terminal=True,
        ),
        State("withdrawn", _("Withdrawn"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb(
            "request_change",
            _("Ask for the change"),
            (),
            "submitted",
            label_done=_("Asked to change key facts"),
        ),
        Verb(
            "approve_change",
            _("Approve the change"),
            ("submitted",),
            "approved",
            guards=(asker_does_not_decide, still_as_asked),
            primary=True,
            label_done=_("Approved a change of key facts"),
        ),
        Verb(
            "return_change",
            _("Return the change"),
            ("submitted",),
            "returned",
            guards=(asker_does_not_decide,),
            needs_reason=True,
            label_done=_("Returned a change of key facts"),
        ),
        Verb(
            "withdraw_change",
            _("Withdraw the change"),
            ("submitted",),
            "withdrawn",
            label_done=_("Withdrew a change of key facts"),
        ),
    ),
)

CONFLICT = Lifecycle(
    name="enterprises.conflict",
    model="enterprises.Conflict",
    initial="open",
    states=(
        State("open", _("To be resolved"), phase="0", deadline="enterprises.resolve_conflict"),
        State("resolved_declared", _("The file is right"), phase="done", deadline=None, terminal=True),
        State("resolved_seen", _("What was seen is right"), phase="done", deadline=None, terminal=True),
        State("dismissed", _("No conflict"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb(
            "report_conflict",
            _("Report a conflict"),
            (),
            "open",
            by_clock=True,
            label_done=_("Reported a conflict"),
        ),
        Verb(
            "take_seen",
            _("Take what was seen"),
            ("open",),
            "resolved_seen",
            primary=True,
            label_done=_("Took what was seen into the file"),
        ),
        Verb(
            "keep_declared",
            _("The file is right"),
            ("open",),
            "resolved_declared",
            needs_reason=True,
            label_done=_("Found the file to be right"),
        ),
        Verb(
            "dismiss_conflict",
            _("No conflict"),
            ("open",),
            "dismissed",
            needs_reason=True,
            label_done=_("Dismissed a conflict"),
        ),
        Verb(
            "outdate_conflict",
            _("Overtaken by a correction"),
            ("open",),
            "dismissed",
            by_clock=True,
        ),
    ),
)
