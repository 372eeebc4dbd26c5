"""What hangs on an enterprise in this app and in the rooms below it, and what becomes of it when two files merge."""

from django.utils.translation import gettext_lazy as _

from enterprises.ledgers import LEDGERS
from enterprises.life.links import Link

RECORD = "a record of what was done to the file that is dropped"

ROOMS = [
    Link("accounts.Post", "enterprise_id", label=_("posts of safety officers")),
    Link("deadlines.Deadline", "enterprise_id", label=_("deadlines")),
    # The clocks of the dropped file itself are cancelled; their record stays where it is.
    Link("deadlines.Deadline", "target", stays=RECORD),
    Link("lifecycle.StateChange", "target", stays=RECORD),
    Link("audit.Entry", "target", stays=RECORD),
    Link("attachments.Attachment", "target", label=_("files")),
    Link("paperwork.IssuedDocument", "enterprise_id", label=_("documents issued")),
    Link("paperwork.IssuedDocument", "target", label=_("documents about the enterprise")),
    Link("guardian.UserObjectPermission", "content_object"),
    Link("guardian.GroupObjectPermission", "content_object"),
]
LIFE = [
    Link("enterprises.StopRequest", "enterprise"),
    Link("enterprises.StatusProof", "enterprise"),
    Link("enterprises.Transfer", "enterprise"),
    Link("enterprises.MergeRecord", "kept"),
    Link("enterprises.Handover", "enterprise"),
]
LEDGER_ROWS = [Link(ledger.model._meta.label) for ledger in LEDGERS]
PARTS = [
    Link("enterprises.LegalRepIdentity"),
    Link("enterprises.SourceUnit"),
    Link("enterprises.ChangeRequest"),
    Link("enterprises.Conflict"),
    Link("enterprises.FactGroup"),
    Link("enterprises.VerificationEvent", sealed="append_only"),
    Link("enterprises.QualityScore"),
    Link("enterprises.Registration"),
]
LINKS = [*ROOMS, *LIFE, *LEDGER_ROWS, *PARTS]
