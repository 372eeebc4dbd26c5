"""Which clocks run on change requests and conflicts."""

from django.utils.translation import gettext_lazy as _

from deadlines.rules import Rule, Step

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
]
