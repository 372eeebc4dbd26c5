"""What every part shows on the pages of other records."""

from inspections.library.panels import PANELS as LIBRARY
from inspections.self_checks.panels import PANELS as SELF_CHECKS
from inspections.supervision.panels import PANELS as SUPERVISION
from inspections.visits.panels import PANELS as VISITS

PANELS = [
    *LIBRARY,
    *SELF_CHECKS,
    *VISITS,
    *SUPERVISION,
]
