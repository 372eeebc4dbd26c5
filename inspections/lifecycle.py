"""The tables of this app, gathered for the room."""

from inspections.doubts.lifecycle import DOUBT
from inspections.library.lifecycle import EDITION
from inspections.self_checks.lifecycle import SELF_CHECK_LIST
from inspections.supervision.lifecycle import ORDER
from inspections.visits.lifecycle import VISIT

LIFECYCLES = [EDITION, VISIT, SELF_CHECK_LIST, ORDER, DOUBT]
