"""Every write to a hazard that matters: one function, one verb a regulator would say."""

from hazards.services.extension import grant_extension, refuse_extension, request_extension
from hazards.services.governance import (
    approve_change,
    ask_for_progress,
    change_plan,
    record_opinion,
    report_progress,
    return_change,
)
from hazards.services.grading import accept_report, confirm_major, mark_not_hazard, set_general
from hazards.services.listing import (
    ask_listing_extension,
    grant_listing_extension,
    publish_delisting,
    publish_listing,
    refuse_listing_extension,
    report_listing,
)
from hazards.services.major import (
    apply_for_review,
    approve_plan,
    record_site_review,
    release,
    return_plan,
    submit_plan,
)
from hazards.services.rectification import close_by_enterprise, submit_rectification
from hazards.services.reporting import record_finding, report
from hazards.services.supervision import delist, issue_notice, list_for_supervision, urge
from hazards.services.verification import accept_repair, pass_sample, reopen, return_for_work

__all__ = [
    "approve_change",
    "ask_for_progress",
    "ask_listing_extension",
    "change_plan",
    "grant_listing_extension",
    "publish_delisting",
    "publish_listing",
    "record_opinion",
    "refuse_listing_extension",
    "report_listing",
    "report_progress",
    "return_change",
    "accept_repair",
    "accept_report",
    "apply_for_review",
    "approve_plan",
    "close_by_enterprise",
    "confirm_major",
    "delist",
    "grant_extension",
    "issue_notice",
    "list_for_supervision",
    "mark_not_hazard",
    "pass_sample",
    "record_site_review",
    "refuse_extension",
    "release",
    "reopen",
    "record_finding",
    "report",
    "request_extension",
    "return_for_work",
    "return_plan",
    "set_general",
    "submit_plan",
    "submit_rectification",
    "urge",
]
