"""Every write to an enterprise's file that matters: one function, one verb a regulator would say."""

from enterprises.life.handover import hand_over
from enterprises.life.merging import merge, part
from enterprises.life.status import (
    approve_resumption,
    close,
    declare_lost,
    deregister,
    move_away,
    reinstate,
    resume,
    revoke,
    start_normal,
    start_trial,
    suspend_ordered,
)
from enterprises.life.stops import (
    ask_to_stop,
    recheck_stop,
    refuse_stop,
    verify_season,
    verify_stop,
    withdraw_stop,
)
from enterprises.life.transfers import accept_transfer, ask_transfer, refuse_transfer, withdraw_transfer
from enterprises.services.exchange import (
    accept_registration,
    dismiss_registration,
    issue_token,
    push_registration,
    withdraw_token,
)
from enterprises.services.file import change, register
from enterprises.sources.copies.services import open_source_copy, send_source_copy
from enterprises.sources.services import (
    add_source_material,
    assess_source,
    file_source,
    grant_source_cancel,
    outdate_source,
    recalculate_source,
    record_source,
    refuse_source_cancel,
    request_source_cancel,
    return_source_filing,
    submit_source_filing,
)
from enterprises.truth.conflicts import dismiss_conflict, keep_declared, report_conflict, take_seen
from enterprises.truth.facts import confirm, confirm_many, doubt
from enterprises.truth.requests import approve_change, request_change, return_change, withdraw_change
from enterprises.unmasking import unmask

__all__ = [
    "unmask",
    "approve_resumption",
    "close",
    "declare_lost",
    "deregister",
    "move_away",
    "reinstate",
    "resume",
    "revoke",
    "start_normal",
    "start_trial",
    "suspend_ordered",
    "ask_to_stop",
    "recheck_stop",
    "refuse_stop",
    "verify_season",
    "verify_stop",
    "withdraw_stop",
    "accept_transfer",
    "ask_transfer",
    "refuse_transfer",
    "withdraw_transfer",
    "merge",
    "part",
    "hand_over",
    "withdraw_change",
    "take_seen",
    "return_change",
    "request_change",
    "report_conflict",
    "keep_declared",
    "doubt",
    "dismiss_conflict",
    "confirm_many",
    "confirm",
    "approve_change",
    "accept_registration",
    "add_source_material",
    "assess_source",
    "change",
    "dismiss_registration",
    "file_source",
    "grant_source_cancel",
    "issue_token",
    "open_source_copy",
    "outdate_source",
    "push_registration",
    "recalculate_source",
    "record_source",
    "refuse_source_cancel",
    "register",
    "request_source_cancel",
    "return_source_filing",
    "send_source_copy",
    "submit_source_filing",
    "withdraw_token",
]
