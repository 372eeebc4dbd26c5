"""The life of the file on paper: what proves its status, where it lay, what it was merged with, documents and acts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.templatetags.audit_tags import trail
from enterprises.life.tables import ENTERPRISE, TRANSFER
from enterprises.models import Handover, MergeRecord, StatusProof, StopRequest, Transfer
from enterprises.onefile.section import FileSection, Reader, rest, said, table
from listings.columns import Column, display
from paperwork.models import IssuedDocument
from paperwork.reports.blocks import Block, Heading, Line, Table

MOST = 200
PROOFS = (
    Column("step", gettext_lazy("Step"), lambda row: str(ENTERPRISE.verb(row.verb).label)),
    Column("seen", gettext_lazy("Day of the paper or the visit"), "seen_on"),
    Column("number", gettext_lazy("Number of the paper"), "document_number"),
    Column("by", gettext_lazy("Person"), "by.name"),
    Column("at", gettext_lazy("Written at"), "at"),
    Column("note", gettext_lazy("What was found"), "note", default=False),
)
STOPS = (
    Column("kind", gettext_lazy("Stop asked for"), display("kind")),
    Column("on", gettext_lazy("Stopped from"), "stop_on"),
    Column("until", gettext_lazy("Planned until"), "planned_until"),
    Column("asked", gettext_lazy("Asked by"), "asked_by.name"),
    Column("outcome", gettext_lazy("Outcome"), display("outcome")),
    Column("reason", gettext_lazy("Reason"), "reason", default=False),
    Column("decision", gettext_lazy("Reason of the decision"), "decision_reason", default=False),
)
TRANSFERS = (
    Column("from", gettext_lazy("From district"), "from_region.name"),
    Column("to", gettext_lazy("To district"), "region.name"),
    Column("asked", gettext_lazy("Asked for"), "asked_at"),
    Column("by", gettext_lazy("Asked by"), "asked_by.name"),
    Column("state", gettext_lazy("State"), lambda row: str(TRANSFER.state(row.state).label)),
    Column("decided", gettext_lazy("Answered"), "decided_at"),
    Column("reason", gettext_lazy("Reason"), "reason", default=False),
    Column("decision", gettext_lazy("Reason of the decision"), "decision_reason", default=False),
)
MERGES = (
    Column("name", gettext_lazy("Merged file"), "dropped_name"),
    Column("code", gettext_lazy("Code"), "dropped_uscc"),
    Column("at", gettext_lazy("Merged at"), "at"),
    Column("by", gettext_lazy("Person"), "by.name"),
    Column("undone", gettext_lazy("Undone"), "undone_at"),
    Column("reason", gettext_lazy("Reason"), "reason", default=False),
)
HANDOVERS = (
    Column("leaver", gettext_lazy("Who left"), "leaver.name"),
    Column("day", gettext_lazy("Last day in the post"), "last_day"),
    Column("successor", gettext_lazy("Successor"), "successor_name"),
    Column("tasks", gettext_lazy("Open tasks handed over"), "open_tasks", css="sw-num"),
    Column("at", gettext_lazy("Written at"), "at"),
    Column("reason", gettext_lazy("Reason"), "reason", default=False),
)
DOCUMENTS = (
    Column("number", gettext_lazy("Number"), "number"),
    Column("title", gettext_lazy("Document"), "title"),
    Column("agency", gettext_lazy("Issued by agency"), "organisation.name"),
    Column("at", gettext_lazy("Issued at"), "issued_at"),
    Column("withdrawn", gettext_lazy("Withdrawn"), "withdrawn_at"),
)


def life(reader: Reader) -> list[Block]:
    """Return the evidence of statuses, stops, transfers, merges and handovers."""
    parts = (
        (_("Evidence of the status"), PROOFS, StatusProof.objects.select_related("by")),
        (_("Stops asked for"), STOPS, StopRequest.objects.select_related("asked_by")),
        (
            _("Transfers between districts"),
            TRANSFERS,
            Transfer.objects.select_related("from_region", "region", "asked_by"),
        ),
        (_("Handovers of the safety officer's post"), HANDOVERS, Handover.objects.select_related("leaver")),
    )
    written: list[Block] = []
    for title, columns, rows in parts:
        written += part(title, columns, rows.filter(enterprise=reader.enterprise).order_by("-pk")[:MOST])
    merged = (
        MergeRecord.objects.filter(kept=reader.enterprise).select_related("by").defer("snapshot", "moved")
    )
    return [*written, *part(_("Merged files"), MERGES, merged.order_by("-pk")[:MOST])]


def part(title: str, columns: Iterable[Column], rows: Iterable[object]) -> list[Block]:
    """Return a head and its table, or nothing where there is no row."""
    found = list(rows)
    return [Heading(title, 2), table(tuple(columns), found)] if found else []


def documents(reader: Reader) -> list[Block]:
    """Return the documents issued to or about the enterprise."""
    rows = IssuedDocument.objects.visible_to(reader.user).filter(enterprise_id=reader.enterprise.pk)
    found = list(rows.without_bytes().select_related("organisation").order_by("-pk")[:MOST])
    return [table(DOCUMENTS, found), *rest(len(found), rows.count(), _("Documents issued"))] if found else []


def acts(reader: Reader) -> list[Block]:
    """Return what was last done to the file itself, newest first."""
    lines = [
        Line((said(each.at), str(each.what), each.who), each.reason)
        for each in trail(reader.enterprise)["lines"]
    ]
    return [Table((_("Moment"), _("Act"), _("Person")), tuple(lines))] if lines else []


SECTIONS = [
    FileSection("documents", gettext_lazy("Documents issued"), documents, order=80),
    FileSection("life", gettext_lazy("Life of the file"), life, order=85),
    FileSection("acts", gettext_lazy("Last acts on the file"), acts, order=90),
]
