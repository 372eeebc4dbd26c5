"""Which clocks run on an enterprise's file."""

from django.utils.translation import gettext_lazy as _

from deadlines.rules import Rule, Step
from enterprises.ledgers.notices import LEDGER_RULES
from enterprises.life.deadlines import LIFE_RULES
from enterprises.sources.deadlines import SOURCE_RULES
from enterprises.truth.deadlines import TRUTH_RULES

RULES = [
    *LEDGER_RULES,
    *SOURCE_RULES,
    *TRUTH_RULES,
    *LIFE_RULES,
    # find
    Rule(
        "enterprises.decide_registration",
        _("Decide on a notice of the registry"),
        parameter="REGISTRATION_DECIDE",
        ladder=(Step("county"),),
    ),
]
