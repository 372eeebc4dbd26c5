"""The fields of the file by group, each with who confirmed it, and where the file is in doubt."""

from collections.abc import Iterable, Mapping

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines.models import Deadline
from deadlines.rules import find
from enterprises.models import ChangeRequest, Conflict
from enterprises.onefile.section import FileSection, Reader, rest, said, table
from enterprises.truth import selectors
from enterprises.truth.selectors import Block as FactBlock
from enterprises.truth.tables import CHANGE_REQUEST, CONFLICT
from enterprises.truth.writing import field_of
from listings.columns import Column, display
from paperwork.reports.blocks import Block, Facts, Heading, Line, Remark, Table

# Fields that no group is asked to confirm.
FURTHER = ("created_at", "updated_at")
MOST = 100
CONFLICTS = (
    Column("what", gettext_lazy("Fact"), lambda row: row.what),
    Column("declared", gettext_lazy("On file"), "declared"),
    Column("seen", gettext_lazy("Seen"), "seen"),
    Column("source", gettext_lazy("Seen in"), display("source")),
    Column("at", gettext_lazy("Reported"), "reported_at"),
    Column("state", gettext_lazy("State"), lambda row: CONFLICT.state(row.state).label),
    Column("note", gettext_lazy("Note"), "note", default=False),
)


def facts(reader: Reader) -> list[Block]:
    """Return every group with its fields, then the fields that belong to none."""
    written: list[Block] = []
    hidden = selectors.hidden_from(reader.user, reader.enterprise)
    for group in groups(reader).values():
        rows = in_words(reader, [name for name in group.group.fields if name not in hidden])
        # A group without fields of its own says who confirmed it above its ledgers.
        written += [Heading(str(group.group.label), 2), Remark(standing(group)), Facts(rows)] if rows else []
    return [*written, Heading(_("Further facts"), 2), Facts(in_words(reader, FURTHER))]


def in_words(reader: Reader, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return fields of the file with what they are called and what they say."""
    today = localdate(reader.at)
    return tuple((label(name), said(selectors.words(reader.enterprise, name, today))) for name in names)


def groups(reader: Reader) -> dict[str, FactBlock]:
    """Return the groups that are asked of the enterprise by their codes: read once for all sections."""
    kept = reader.enterprise.__dict__.setdefault("_onefile", {})
    if "groups" not in kept:
        found = selectors.blocks(reader.enterprise, reader.user, reader.at)
        kept["groups"] = {block.group.code: block for block in found}
    return kept["groups"]


def label(name: str) -> str:
    """Return what a field is called."""
    return capfirst(str(field_of(name).verbose_name))


def standing(group: FactBlock) -> str:
    """Say who confirmed a group, and whether that still counts."""
    held = group.held
    if not held or not held.confirmed_at:
        return _("Nobody has confirmed this group yet.")
    words = {"who": group.who, "day": localdate(held.confirmed_at).isoformat(), "until": held.stale_on}
    if held.doubt:
        return _("Confirmed by %(who)s on %(day)s; in doubt: %(why)s") % {**words, "why": held.doubt}
    if group.is_fresh:
        return _("Confirmed by %(who)s on %(day)s; counts until %(until)s.") % words
    return _("Confirmed by %(who)s on %(day)s; has not counted since %(until)s.") % words


def differences(reader: Reader) -> list[Block]:
    """Return what business saw otherwise than the file says, and the changes that were asked for."""
    conflicts = Conflict.objects.filter(enterprise=reader.enterprise).order_by("-reported_at")[:MOST]
    asked = ChangeRequest.objects.filter(enterprise=reader.enterprise).select_related(
        "asked_by", "decided_by"
    )
    written: list[Block] = []
    if conflicts:
        written += [Heading(_("Declared and seen"), 2), table(CONFLICTS, conflicts)]
    requests = list(asked.order_by("-asked_at")[:MOST])
    places = selectors.places_named(*(side for row in requests for side in (row.before, row.after)))
    if lines := [line for row in requests for line in changes(row, places)]:
        heads = (_("Fact"), _("Before"), _("After"), _("Asked for"), _("State"))
        written += [Heading(_("Changes of key facts asked for"), 2), Table(heads, tuple(lines))]
    return written


def changes(request: ChangeRequest, places: Mapping[str, str]) -> list[Line]:
    """Return a line for each fact of a request."""
    asked = f"{said(request.asked_at)} {request.asked_by.name}"
    state = str(CHANGE_REQUEST.state(request.state).label)
    return [
        Line(
            (
                label(name),
                said(selectors.in_words(name, request.before.get(name), places)),
                said(selectors.in_words(name, after, places)),
                asked,
                state,
            ),
            request.decision_note,
        )
        for name, after in sorted(request.after.items())
    ]


def owed(reader: Reader) -> list[Block]:
    """Return every clock that runs about the enterprise."""
    rows = Deadline.objects.open().visible_to(reader.user).filter(enterprise_id=reader.enterprise.pk)
    found = list(rows.order_by("due_at", "pk")[:MOST])
    if not found:
        return []
    lines = tuple(
        Line((str(find(row.rule).label), row.label, said(row.due_on), late(row, reader))) for row in found
    )
    heads = (_("What is owed"), _("About"), _("Deadline"), _("State"))
    return [Table(heads, lines), *rest(len(found), rows.count(), _("Owed now"))]


def late(deadline: Deadline, reader: Reader) -> str:
    """Say how a clock stands at the moment of the paper."""
    if deadline.is_paused:
        return _("paused")
    return _("overdue") if deadline.due_at <= reader.at else _("running")


SECTIONS = [
    FileSection("facts", gettext_lazy("Facts of the enterprise"), facts, order=10),
    FileSection("owed", gettext_lazy("Owed now"), owed, order=12),
    FileSection("differences", gettext_lazy("Doubts and changes"), differences, order=14),
]
