"""The states of a copy and the one verb that sends it (handbook §4.4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from enterprises.models import SourceCopy
from lifecycle.table import Lifecycle, Refusal, State, Verb

DUE = "enterprises.source_copy"


def is_own_level(copy: SourceCopy, actor: User | None, at: datetime) -> Refusal | None:
    """The level that put the sources on file sends them; those above receive."""
    if actor is None or any(post.region_id == copy.region_id for post in actor.posts):
        return None
    return Refusal(
        _("%(place)s sends these filings.") % {"place": copy.region.name},
        _("Wait for them, or remind that bureau."),
        law="O40",
    )


SOURCE_COPY = Lifecycle(
    name="enterprises.source_copy",
    model="enterprises.SourceCopy",
    initial="due",
    states=(
        State("due", _("To be sent"), phase="1", deadline=DUE),
        State("sent", pgettext_lazy("filings", "Sent"), phase="done", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("open_source_copy", _("Falls due"), (), "due", by_clock=True, label_done=_("Fell due")),
        Verb(
            "send_source_copy",
            _("Send to the next level"),
            ("due",),
            "sent",
            guards=(is_own_level,),
            primary=True,
            label_done=_("Sent to the next level"),
        ),
    ),
)
