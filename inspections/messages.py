"""Whom every part tells what."""

from inspections.doubts.messages import NOTICES as DOUBTS
from inspections.library.messages import NOTICES as LIBRARY
from inspections.patrols.messages import NOTICES as PATROLS
from inspections.self_checks.messages import NOTICES as SELF_CHECKS
from inspections.supervision.messages import NOTICES as SUPERVISION
from inspections.visits.messages import NOTICES as VISITS

NOTICES = [
    *DOUBTS,
    *LIBRARY,
    *PATROLS,
    *SELF_CHECKS,
    *VISITS,
    *SUPERVISION,
]
