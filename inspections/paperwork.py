"""The documents that visits of every part may lead to, gathered for the room."""

from inspections.supervision.paperwork import KINDS as SUPERVISION
from inspections.visits.paperwork import KINDS as VISITS

KINDS = [*VISITS, *SUPERVISION]
