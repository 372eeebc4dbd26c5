"""The states of an edition of a checklist: draft → review → published → withdrawn."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import Edition
from lifecycle.table import Lifecycle, Refusal, State, Verb


def has_items(edition: Edition, actor: User | None, at: datetime) -> Refusal | None:
    """An empty list checks nothing."""
    if edition.item_count:
        return None
    return Refusal(_("This edition has no items."), _("Add the items that are to be checked."))


def drafted_by_another(edition: Edition, actor: User | None, at: datetime) -> Refusal | None:
    """What one person wrote, another one reads before it is used."""
    if actor and edition.drafted_by_id == actor.pk:
        return Refusal(_("You drafted this edition."), _("Somebody else reviews and publishes it."))
    return None


EDITION = Lifecycle(
    name="inspections.edition",
    model="inspections.Edition",
    initial="draft",
    states=(
        State("draft", _("Draft"), phase="0", deadline=None),
        State("review", _("Under review"), phase="2", deadline="inspections.review_edition"),
        State("published", _("In use"), phase="done", deadline=None),
        State("withdrawn", _("Withdrawn"), phase="void", deadline=None, terminal=True),
    ),
    verbs=(
        Verb("draft_edition", _("Draft an edition"), (), "draft", label_done=_("Drafted")),
        Verb(
            "submit_edition", _("Hand in for review"), ("draft",), "review", guards=(has_items,), primary=True
        ),
        Verb("return_edition", _("Return the draft"), ("review",), "draft", needs_reason=True),
        Verb(
            "publish_edition",
            _("Publish"),
            ("review",),
            "published",
            guards=(has_items, drafted_by_another),
            primary=True,
        ),
        Verb(
            "ship_edition",
            _("Came with the platform"),
            ("draft",),
            "published",
            guards=(has_items,),
            by_clock=True,
        ),
        Verb("withdraw_edition", _("Withdraw"), ("published",), "withdrawn", needs_reason=True),
        Verb(
            "supersede_edition",
            _("Replaced by a newer edition"),
            ("published",),
            "withdrawn",
            by_clock=True,
        ),
    ),
)
