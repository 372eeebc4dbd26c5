"""The major hazard sources on paper, each with its newest calculation line by line."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.masking import mask_phone
from enterprises.models import SourceUnit
from enterprises.onefile.section import FileSection, Reader, said
from enterprises.sources.lifecycle import SOURCE
from enterprises.sources.materials import kept
from enterprises.sources.panels import units_of
from enterprises.sources.selectors import ShownCalculation, ShownLine, written_out
from paperwork.reports.blocks import Block, Facts, Heading, Line, Remark, Table
from regions.words import listed

FACTS = (
    "place",
    "residents_500m",
    "in_chemical_park",
    "boundary_distance",
    "people_in_unit",
    "is_key_process",
    "commissioned_on",
    "monitor_points",
    "videos",
    "assessed_on",
    "assessment_agency",
    "next_review_on",
    "filing_number",
    "filed_on",
)
ANSWERABLE = ("principal", "technical", "operation")
NUMBERS = frozenset({1, 2, 3, 4, 5})


def sources(reader: Reader) -> list[Block]:
    """Return every unit of the enterprise, sources before what is none."""
    return [block for unit in units_of(reader.enterprise, reader.user) for block in unit_of(unit)]


def unit_of(unit: SourceUnit) -> list[Block]:
    """Return one unit: what it is, who answers for it, its calculation and its files."""
    label = SourceUnit._meta.get_field
    rows = [
        (_("State"), str(SOURCE.state(unit.state).label)),
        (_("Grade"), unit.get_grade_display() or ""),
        (_("Kind of unit"), unit.get_kind_display()),
        *((capfirst(str(label(name).verbose_name)), said(getattr(unit, name))) for name in FACTS),
        *(
            (
                capfirst(str(label(f"{who}_name").verbose_name)),
                f"{getattr(unit, f'{who}_name')} {mask_phone(getattr(unit, f'{who}_phone'))}",
            )
            for who in ANSWERABLE
        ),
    ]
    newest = unit.calculations.select_related("by").first()
    calculation = calculated(written_out(newest)) if newest else []
    return [Heading(unit.name, 2), Facts(tuple(rows)), *calculation, *files(unit)]


def calculated(shown: ShownCalculation) -> list[Block]:
    """Return the newest calculation with the tables it was read from."""
    heads = (_("Substance"), "q (t)", "Q (t)", "q/Q", "β", "β·q/Q")
    total = Line((_("Sum"), "", "", shown.s, "", shown.weighted))
    by = {"day": said(shown.row.at), "edition": shown.row.edition, "n": shown.residents, "alpha": shown.alpha}
    said_so = _("Calculated on %(day)s by %(edition)s; %(n)s residents within 500 m, α = %(alpha)s.") % by
    outcome = f"S = {shown.s}　{_('No major hazard source')}"
    if shown.is_source:
        grade = f"{shown.row.get_grade_display()} ({shown.grade_words})"
        outcome = f"S = {shown.s}　R = {shown.alpha} × {shown.weighted} = {shown.r}　{grade}"
    return [
        Table(heads, (*(substance(line) for line in shown.lines), total), NUMBERS),
        Remark(f"{said_so} {outcome}"),
    ]


def substance(line: ShownLine) -> Line:
    """Return one line of the sum, with where its numbers were read."""
    note = f"CAS {line.cas}　" if line.cas else ""
    doubt = f" ({_('to be confirmed')})" if line.confirm else ""
    return Line(
        (line.name, line.quantity, line.threshold, line.share, line.beta, line.weighted),
        f"{note}Q: {line.threshold_from}　β: {line.beta_from}{doubt}",
    )


def files(unit: SourceUnit) -> list[Block]:
    """Return the filing materials that are there, by name."""
    there = [line for line in kept(unit) if line.files]
    if not there:
        return []
    heads = (_("Filing material"), pgettext("attachments", "Files"))
    lines = [
        Line((str(line.material.label), listed(file.original_name for file in line.files))) for line in there
    ]
    return [Table(heads, tuple(lines))]


SECTIONS = [
    FileSection(
        "sources",
        gettext_lazy("Major hazard sources"),
        sources,
        order=40,
        permission="enterprises.view_source",
    )
]
