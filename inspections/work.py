"""What every part puts on whose work list."""

from inspections.doubts.work import WORK as DOUBTS
from inspections.library.work import WORK as LIBRARY
from inspections.patrols.work import WORK as PATROLS
from inspections.self_checks.work import WORK as SELF_CHECKS
from inspections.supervision.work import WORK as SUPERVISION
from inspections.visits.work import WORK as VISITS

WORK = [
    *DOUBTS,
    *LIBRARY,
    *PATROLS,
    *SELF_CHECKS,
    *VISITS,
    *SUPERVISION,
]
