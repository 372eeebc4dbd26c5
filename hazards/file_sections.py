"""The hazards in the printed file of an enterprise: open ones first, then the last closed."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises.onefile import FileSection, Reader, rest, table
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.panels import counts_of
from hazards.querysets import OPEN
from listings.columns import Column, display
from paperwork.reports.blocks import Block, Facts

MOST = 500
COLUMNS = (
    Column("description", gettext_lazy("Problem"), "description"),
    Column("grade", gettext_lazy("Grade"), display("grade")),
    Column("state", gettext_lazy("State"), lambda row: str(HAZARD.state(row.state).label)),
    Column("found", gettext_lazy("Found"), "found_at"),
    Column("deadline", gettext_lazy("Deadline"), "deadline_on"),
    Column("closed", gettext_lazy("Closed"), "closed_at"),
    Column("person", gettext_lazy("Responsible"), "responsible_person"),
    Column("number", gettext_lazy("Hazard number"), "number", default=False),
    Column("place", gettext_lazy("Place"), "place", default=False),
    Column("source", gettext_lazy("Found by"), display("source"), default=False),
    Column("basis", gettext_lazy("Legal basis"), "legal_basis", default=False),
    Column("returned", gettext_lazy("Times returned"), "rejected_count", default=False),
)


def hazards(reader: Reader) -> list[Block]:
    """Return the figures and the rows that the person may see."""
    counts = counts_of(reader.enterprise, reader.user)
    if not counts["all"]:
        return []
    figures = Facts(
        (
            (_("All"), str(counts["all"])),
            (_("Open"), str(counts["open"])),
            (_("Overdue"), str(counts["overdue"])),
            (_("Major, open"), str(counts["major"])),
        )
    )
    rows = Hazard.objects.visible_to(reader.user).filter(enterprise=reader.enterprise).defer("search_text")
    closed_last = Case(When(OPEN, then=Value(0)), default=Value(1))
    found = list(rows.order_by(closed_last, "-found_at", "-pk")[:MOST])
    return [figures, table(COLUMNS, found), *rest(len(found), counts["all"], _("Hazards"))]


SECTIONS = [
    FileSection("hazards", gettext_lazy("Hazards"), hazards, order=50, permission="hazards.view_hazard")
]
