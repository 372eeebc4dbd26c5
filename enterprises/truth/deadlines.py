"""Which clocks run on change requests, conflicts, and what is stale."""

from django.utils.translation import gettext_lazy as _

from deadlines.rules import Rule, Step
from enterprises.groups import CHECKED

TRUTH_RULES = [
    Rule(
        "enterprises.review_change",
        _("Review a change of key facts"),
        parameter="CHANGE_REVIEW",
        ladder=(Step("county"),),
    ),
    Rule(
        "enterprises.resolve_conflict",
        _("Resolve a conflict"),
        parameter="CONFLICT_RESOLVE",
        ladder=(Step("county"),),
    ),
    Rule(
        CHECKED["status"],
        _("Verify the stale status on site"),
        parameter="STALE_SITE_CHECK",
        ladder=(Step("county"),),
    ),
    Rule(
        CHECKED["contact"],
        _("Verify the stale contact"),
        parameter="STALE_CONTACT_CHECK",
        ladder=(Step("county"),),
    ),
]
