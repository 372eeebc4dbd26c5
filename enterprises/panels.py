"""What the parts of an enterprise's file show on its page."""

from enterprises.ledgers.panels import LEDGER_PANELS
from enterprises.sources.panels import SOURCE_PANELS

PANELS = [
    *LEDGER_PANELS,
    *SOURCE_PANELS,
]
