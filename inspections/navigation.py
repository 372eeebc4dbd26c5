"""The menu entries of every part."""

from inspections.doubts.navigation import ENTRIES as DOUBTS
from inspections.figures.navigation import ENTRIES as FIGURES
from inspections.library.navigation import ENTRIES as LIBRARY
from inspections.patrols.navigation import ENTRIES as PATROLS
from inspections.self_checks.navigation import ENTRIES as SELF_CHECKS
from inspections.supervision.navigation import ENTRIES as SUPERVISION
from inspections.visits.navigation import ENTRIES as VISITS

ENTRIES = [
    *DOUBTS,
    *FIGURES,
    *LIBRARY,
    *PATROLS,
    *SELF_CHECKS,
    *VISITS,
    *SUPERVISION,
]
