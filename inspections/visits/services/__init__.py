"""Every write to a visit that matters: one function, one verb."""

from inspections.visits.services.answering import answer, answer_rest
from inspections.visits.services.facts import confirm_visit_facts
from inspections.visits.services.findings import find_hazard
from inspections.visits.services.finishing import finish_visit, issue_record
from inspections.visits.services.planning import open_visit, plan_visit
from inspections.visits.services.signing import refuse_signature, sign
from inspections.visits.services.starting import agree_over_cap, cancel_visit, start_visit

__all__ = [
    "agree_over_cap",
    "answer",
    "answer_rest",
    "cancel_visit",
    "confirm_visit_facts",
    "find_hazard",
    "finish_visit",
    "issue_record",
    "open_visit",
    "plan_visit",
    "refuse_signature",
    "sign",
    "start_visit",
]
