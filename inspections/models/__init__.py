"""Checklists, visits and what grows out of them."""

from inspections.models.doubts import Doubt
from inspections.models.figures import CheckState, ConductMonth, ListState, Standing, Tier
from inspections.models.library import (
    CheckItem,
    Checklist,
    Edition,
    EditionLine,
    ImportedLine,
    ItemReference,
    ReferenceReview,
)
from inspections.models.patrols import PatrolRoute, PatrolStop
from inspections.models.self_checks import SelfCheckLine, SelfCheckList
from inspections.models.supervision import GovernmentFinding, GovernmentOrder
from inspections.models.visits import Answer, Finding, Participant, Signature, Visit

__all__ = [
    "Answer",
    "CheckItem",
    "CheckState",
    "Checklist",
    "ConductMonth",
    "Doubt",
    "Edition",
    "EditionLine",
    "Finding",
    "GovernmentFinding",
    "GovernmentOrder",
    "ImportedLine",
    "ItemReference",
    "ListState",
    "Participant",
    "PatrolRoute",
    "PatrolStop",
    "ReferenceReview",
    "SelfCheckLine",
    "SelfCheckList",
    "Signature",
    "Standing",
    "Tier",
    "Visit",
]
