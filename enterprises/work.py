"""What an enterprise's file puts on whose work list."""

from enterprises.ledgers.notices import LEDGER_WORK
from enterprises.life.work import LIFE_WORK
from enterprises.registration_notices import REGISTRATION_WORK
from enterprises.sources.work import SOURCE_WORK
from enterprises.truth.work import TRUTH_WORK

WORK = [
    *TRUTH_WORK,
    *LEDGER_WORK,
    *LIFE_WORK,
    *SOURCE_WORK,
    *REGISTRATION_WORK,
]
