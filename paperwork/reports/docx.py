"""A report as a Word document that LibreOffice and WPS open too."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.timezone import localtime
from django.utils.translation import get_language
from docx import Document
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from paperwork.docx import GREY, add_field, dress
from paperwork.reports.blocks import SHORT, Facts, Remark, Report, Table, printable, weight
from paperwork.reports.foot import made, page_words

# Every Windows and WPS has these; other systems take what stands for them.
SONG, HEI = "宋体", "黑体"
TEXT, SMALL, NOTE = Pt(10.5), Pt(9), Pt(8.5)
WIDTH_MM = 178
# A twentieth of a point, in which tables are measured.
TWIPS = 1440 / 25.4
HEAD_SIZES = {1: Pt(15), 2: Pt(11.5)}
LABEL_SHARE = 0.17
# A digit in a table, and what stands free beside it.
UNIT_MM, GAP_MM = 1.75, 2
KEEP, RIGHT = "<w:keepNext/>", "<w:jc w:val='right'/>"
BOLD, GREYED = "<w:b/>", "<w:color w:val='5B6763'/>"
HAIRLINE = "<w:{} w:val='single' w:sz='4' w:space='0' w:color='C8CFCC'/>"
PADDING = "".join(
    f"<w:{side} w:w='{width}' w:type='dxa'/>"
    for side, width in (("top", 40), ("left", 0), ("bottom", 40), ("right", 100))
)


def render(report: Report) -> bytes:
    """Return the .docx of the report."""
    document = Document()
    set_page(document, report)
    set_type(document)
    set_properties(document, report)
    write_head(document, report)
    for block, after in zip(report.blocks, [*report.blocks[1:], None], strict=True):
        WRITERS[type(block).__name__](document, block)
        # What is said above a table stands on its page.
        if isinstance(block, Remark) and isinstance(after, Facts | Table):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def set_page(document: Any, report: Report) -> None:
    """A4; at the foot what it is about, as of when, who had it made, and the number of the page."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.footer_distance = Mm(9)
    foot = section.footer.paragraphs[0]
    # The template's stops stand for another width.
    foot.style = document.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    put(foot, f"{report.subject}　{made(report)}\t", SMALL)
    before, between, after = page_words()
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        put(foot, text, SMALL)
        if code:
            add_field(foot, code)
    for run in foot.runs:
        dress(run, SMALL, font=SONG).font.color.rgb = GREY


def set_type(document: Any) -> None:
    """Text and heads in faces that every machine has, and the language of the reader."""
    language = "zh-CN" if (get_language() or "").startswith("zh") else "en-GB"
    style = document.styles["Normal"]
    style.font.name, style.font.size = SONG, TEXT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="zh-CN"/>'))
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    for level, size in HEAD_SIZES.items():
        head = document.styles[f"Heading {level}"]
        head.font.name, head.font.size, head.font.bold, head.font.italic = HEI, size, True, False
        head.font.color.rgb = None
        fonts = head.element.rPr.rFonts
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        fonts.set(qn("w:eastAsia"), HEI)
        head.paragraph_format.space_before = Pt(20 if level == 1 else 10)
        head.paragraph_format.space_after = Pt(4)


def set_properties(document: Any, report: Report) -> None:
    """Name the report in its own properties; a template's would stand there otherwise."""
    about = document.core_properties
    about.title = printable(f"{report.title} {report.subject}")
    about.author = about.last_modified_by = printable(report.made_by)
    about.comments, about.keywords = "", ""
    about.created = about.modified = localtime(report.made_at).replace(tzinfo=None)


def put(paragraph: Any, text: str, size: Any, *, bold: bool = False, font: str = SONG) -> Any:
    """Add text in one face."""
    return dress(paragraph.add_run(printable(text)), size, font=font, bold=bold)


def write_head(document: Any, report: Report) -> None:
    """What it is, about whom, and the first facts."""
    put(document.add_paragraph(), report.title, TEXT).font.color.rgb = GREY
    name = document.add_paragraph()
    name.paragraph_format.space_after = Pt(6)
    put(name, report.subject, Pt(22), bold=True, font=HEI)
    put(document.add_paragraph(), made(report), SMALL).font.color.rgb = GREY
    write_facts(document, report.facts)


def write_heading(document: Any, block: Any) -> None:
    """A head that stands in the outline of the document."""
    paragraph = document.add_heading(level=block.level)
    put(paragraph, block.text, HEAD_SIZES[block.level], bold=True, font=HEI)


def write_remark(document: Any, block: Any) -> None:
    """A sentence in small type."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    put(paragraph, block.text, SMALL).font.color.rgb = GREY


def write_facts(document: Any, block: Facts) -> None:
    """Two labels with their values beside each other."""
    label, value = WIDTH_MM * LABEL_SHARE, WIDTH_MM * (0.5 - LABEL_SHARE)
    rows = []
    for two in block.pairs:
        pairs = (*two, ("", ""))[:2]
        cells = [
            part
            for name, said in pairs
            for part in (cell(name, label, grey=True), cell(said or ("—" if name else ""), value))
        ]
        rows.append(row(cells))
    add_table(document, rows, (label, value, label, value))


def write_table(document: Any, block: Table) -> None:
    """Rows under a head that stands again on every page; a note goes with its row."""
    widths = column_widths(block)
    heads = [
        cell(head, width, bold=True, right=place in block.numbers)
        for place, (head, width) in enumerate(zip(block.heads, widths, strict=True))
    ]
    rows = [row(heads, head=True)]
    for line in block.lines:
        cells = [
            cell(text, width, right=place in block.numbers, keep=bool(line.note))
            for place, (text, width) in enumerate(zip(line.cells, widths, strict=True))
        ]
        rows.append(row(cells))
        if line.note:
            rows.append(row([cell(line.note, WIDTH_MM, grey=True, span=len(widths))]))
    add_table(document, rows, widths)


def column_widths(block: Table) -> tuple[float, ...]:
    """Share the width among the columns by the longest text of each, in millimetres; none below its fair half.

    Short columns have what keeps their words and days whole, and the others share the rest.
    """
    kept = {place: whole_width(block, place) for place in block.short}
    if len(kept) == len(block.heads) or sum(kept.values()) > WIDTH_MM / 2:
        kept = {}
    longest = [
        min(max(weight(text) for text in (head, *(line.cells[place] for line in block.lines))), 40)
        for place, head in enumerate(block.heads)
    ]
    least = max(longest, default=1) / 5
    shares = [0 if place in kept else max(size, least, 1) for place, size in enumerate(longest)]
    rest = WIDTH_MM - sum(kept.values())
    return tuple(kept.get(place, rest * share / sum(shares)) for place, share in enumerate(shares))


def whole_width(block: Table, place: int) -> float:
    """Return how many millimetres a short column needs, so that no word of its head or cells is broken."""
    words = [*block.heads[place].split(), *(line.cells[place] for line in block.lines)]
    return min(max(weight(word) for word in words), SHORT + 2) * UNIT_MM + GAP_MM


def cell(
    text: str,
    width: float,
    *,
    bold: bool = False,
    grey: bool = False,
    right: bool = False,
    keep: bool = False,
    span: int = 1,
) -> str:
    """Return the XML of a cell: tables of a thousand rows are written at once, not cell by cell."""
    paragraph = (KEEP if keep else "") + (RIGHT if right else "")
    size = int((NOTE if span > 1 else SMALL).pt * 2)
    run = f"{BOLD if bold else ''}{GREYED if grey else ''}<w:sz w:val='{size}'/>"
    wide = f"<w:gridSpan w:val='{span}'/>" if span > 1 else ""
    return (
        f"<w:tc><w:tcPr><w:tcW w:w='{round(width * TWIPS)}' w:type='dxa'/>{wide}</w:tcPr>"
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f"<w:t xml:space='preserve'>{escape(printable(text))}</w:t></w:r></w:p></w:tc>"
    )


def row(cells: Sequence[str], *, head: bool = False) -> str:
    """Return the XML of a row that no page divides; a head stands again on every page."""
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def add_table(document: Any, rows: Sequence[str], widths: Sequence[float]) -> None:
    """Put a table with hairlines between its rows, and a little room after it."""
    lines = "".join(HAIRLINE.format(edge) for edge in ("top", "bottom", "insideH"))
    grid = "".join(f"<w:gridCol w:w='{round(width * TWIPS)}'/>" for width in widths)
    table = (
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{round(WIDTH_MM * TWIPS)}' w:type='dxa'/>"
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type='fixed'/>"
        f"<w:tblCellMar>{PADDING}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing_rule, gap.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(8),
    )
    gap._p.addprevious(parse_xml(table))


WRITERS: dict[str, Callable[[Any, Any], None]] = {
    "Heading": write_heading,
    "Facts": write_facts,
    "Table": write_table,
    "Remark": write_remark,
}
