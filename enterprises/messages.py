"""Whom an enterprise's file tells; the words stand with the part to which they belong."""

from enterprises.ledgers.notices import LEDGER_NOTICES
from enterprises.life.messages import LIFE_NOTICES
from enterprises.registration_notices import REGISTRATION_NOTICES
from enterprises.sources.messages import SOURCE_NOTICES
from enterprises.truth.messages import TRUTH_NOTICES

NOTICES = [
    *TRUTH_NOTICES,
    *LEDGER_NOTICES,
    *LIFE_NOTICES,
    *SOURCE_NOTICES,
    *REGISTRATION_NOTICES,
]
