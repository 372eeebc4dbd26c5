"""The blocks as a Word document, for agencies that file an editable copy."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import segno
from django.utils.timezone import localtime
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from paperwork.blocks import Agency, Block, Stamp, Title

# Every Windows and WPS has these; other systems take what stands for them.
FANGSONG, SONG = "仿宋", "宋体"
RED, GREY = RGBColor(0xC8, 0x16, 0x1D), RGBColor(0x66, 0x66, 0x66)
BODY, NOTE, SMALL = Pt(15), Pt(13), Pt(10.5)
LINE, NOTE_LINE = Pt(26), Pt(21)
# The four columns of a line to sign, and the two of the close: together the width of the text.
SIGN_WIDTHS = (Mm(68), Mm(34), Mm(20), Mm(34))
CLOSE_WIDTHS = (Mm(24), Mm(60), Mm(72))


def render(blocks: Sequence[Block], stamp: Stamp) -> bytes:
    """Return the .docx of the document."""
    document = Document()
    set_page(document)
    set_type(document)
    set_properties(document, blocks, stamp)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        WRITERS[type(block).__name__](document, block, stamp)
        # What is signed begins on the page of the text to which it belongs.
        if type(after).__name__ == "Signatures":
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def set_page(document: Any) -> None:
    """A4 with the margins of official documents, and the page number at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(15)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
        if part.isupper():
            add_field(foot, part)
        else:
            dress(foot.add_run(part), SMALL)


def set_type(document: Any) -> None:
    """Body type, Chinese as the language, and no space between Chinese and digits."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANGSONG, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    style.element.rPr.append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>')
    )
    spacing = style.paragraph_format
    spacing.space_after = spacing.space_before = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    place_before = style.element.pPr.find(qn("w:spacing"))
    for name in ("autoSpaceDE", "autoSpaceDN"):
        place_before.addprevious(parse_xml(f'<w:{name} {nsdecls("w")} w:val="0"/>'))


def set_properties(document: Any, blocks: Sequence[Block], stamp: Stamp) -> None:
    """Name the document in its own properties; a template's would stand there otherwise."""
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    about = document.core_properties
    about.title, about.subject = f"{title} {stamp.number}", stamp.number
    about.author = about.last_modified_by = next((b.name for b in blocks if isinstance(b, Agency)), "")
    about.comments, about.keywords, about.language = "", stamp.code, "zh-CN"
    about.created = about.modified = localtime(stamp.issued_at).replace(tzinfo=None)


def dress(run: Any, size: Length, *, font: str = FANGSONG, bold: bool = False) -> Any:
    """Set Chinese and Latin letters of a run in one face."""
    run.font.size, run.font.bold, run.font.name = size, bold, font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def add_field(paragraph: DocxParagraph, code: str) -> None:
    """Put a number that the word processor counts itself."""
    for part in ("begin", "instruction", "separate", "1", "end"):
        run = dress(paragraph.add_run("1" if part == "1" else ""), SMALL)
        if part == "instruction":
            element = parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>')
        elif part != "1":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), part)
        else:
            continue
        run._r.append(element)


def add_text(
    document: Any,
    text: str,
    *,
    size: Length = BODY,
    bold: bool = False,
    centred: bool = False,
    font: str = FANGSONG,
    indent: float = 2,
) -> DocxParagraph:
    """Add a paragraph; `indent` of the first line counts characters."""
    paragraph = document.add_paragraph()
    dress(paragraph.add_run(text), size, font=font, bold=bold)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        paragraph.paragraph_format.first_line_indent = int(size * indent)
    return paragraph


def free_lines(paragraph: DocxParagraph) -> DocxParagraph:
    """Let a line be as high as what stands in it."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def rule(paragraph: DocxParagraph, edge: str, *, eighths: int, colour: str, space: int) -> None:
    """Draw a line along one edge of a paragraph."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{edge} w:val="single" w:sz="{eighths}" w:space="{space}" '
        f'w:color="{colour}"/></w:pBdr>'
    )
    # The schema wants the border before spacing, indent and alignment.
    properties = paragraph._p.get_or_add_pPr()
    following = [properties.find(qn(f"w:{name}")) for name in ("spacing", "ind", "jc")]
    first = next((element for element in following if element is not None), None)
    if first is None:
        properties.append(border)
    else:
        first.addprevious(border)


def write_agency(document: Any, block: Any, stamp: Stamp) -> None:
    """The agency's name in red, over a red rule."""
    paragraph = free_lines(add_text(document, block.name, size=Pt(27), bold=True, centred=True, font=SONG))
    paragraph.runs[0].font.color.rgb = RED
    wide = parse_xml(f'<w:spacing {nsdecls("w")} w:val="{int(27 * 20 * 0.12)}"/>')
    paragraph.runs[0]._r.rPr.find(qn("w:sz")).addprevious(wide)
    paragraph.paragraph_format.space_after = Pt(22)
    rule(paragraph, "bottom", eighths=13, colour="C8161D", space=9)


def write_title(document: Any, block: Any, stamp: Stamp) -> None:
    """What the document is."""
    free_lines(add_text(document, block.text, size=Pt(22), bold=True, centred=True, font=SONG))


def write_number(document: Any, block: Any, stamp: Stamp) -> None:
    """Its number, centred under the title."""
    paragraph = add_text(document, block.text, centred=True)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(20)


def write_items(document: Any, block: Any, stamp: Stamp) -> None:
    """Numbered items with hanging numbers, each kept together with its lines."""
    for number, item in enumerate(block.items, 1):
        lines = [add_text(document, f"{number}.\t{item.text}", indent=0)]
        shape = lines[0].paragraph_format
        shape.left_indent, shape.first_line_indent = BODY * 2, -BODY
        shape.tab_stops.add_tab_stop(BODY * 2)
        for place, note in enumerate(item.notes, 1):
            line = add_text(document, note, size=NOTE, bold=place == len(item.notes), indent=0)
            line.paragraph_format.left_indent, line.paragraph_format.line_spacing = BODY * 2, NOTE_LINE
            lines.append(line)
        lines[-1].paragraph_format.space_after = Pt(4)
        for line in lines:
            line.paragraph_format.keep_together = True
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True


def add_table(document: Any, rows: int, widths: Sequence[Length]) -> Any:
    """Add a table of fixed widths without padding at its sides, whose rows no page divides."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def write_signatures(document: Any, block: Any, stamp: Stamp) -> None:
    """Lines to sign, kept together and with the seal that follows."""
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next, gap.paragraph_format.line_spacing = True, Pt(18)
    table = add_table(document, len(block.rows), SIGN_WIDTHS)
    for row, pairs in zip(table.rows, block.rows, strict=True):
        cells = iter(row.cells)
        for place, (label, value) in enumerate(pairs):
            fill(next(cells), label).paragraph_format.left_indent = Mm(4) if place else None
            written_on = next(cells)
            fill(written_on, value)
            if not value:
                written_on._tc.get_or_add_tcPr().append(
                    parse_xml(
                        f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="5" w:color="000000"/>'
                        "</w:tcBorders>"
                    )
                )


def fill(cell: Any, text: str, *, size: Length = BODY) -> DocxParagraph:
    """Write into a cell; its row stays with the next."""
    paragraph = cell.paragraphs[0]
    dress(paragraph.add_run(text), size)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def write_seal(document: Any, block: Any, stamp: Stamp) -> None:
    """The code for verification at the left; agency, date and place of the seal at the right."""
    gap = document.add_paragraph()
    gap.paragraph_format.keep_with_next = True
    picture, note, seal = add_table(document, 1, CLOSE_WIDTHS).rows[0].cells
    put_qr(free_lines(picture.paragraphs[0]), stamp)
    for cell in (picture, note):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    put_lines(note, ("扫码核验真伪", f"核验码{stamp.code}"), size=SMALL, line=Pt(16))
    for paragraph in note.paragraphs:
        paragraph.paragraph_format.left_indent = Mm(4)
    lines = put_lines(seal, (block.agency, block.date, "（印章）"), size=BODY, line=LINE)
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines[0].paragraph_format.space_before = Pt(30)
    dress(lines[-1].runs[0], SMALL).font.color.rgb = GREY


def put_qr(paragraph: DocxParagraph, stamp: Stamp) -> None:
    """Put the code as a picture that also says in words what it is."""
    data = BytesIO()
    segno.make(stamp.url, error="m").save(data, kind="png", scale=8, border=0)
    data.seek(0)
    shape = paragraph.add_run().add_picture(data, width=Mm(20))
    shape._inline.docPr.set("descr", f"核验二维码 {stamp.url}")


def put_lines(cell: Any, texts: Sequence[str], *, size: Length, line: Length) -> list[DocxParagraph]:
    """Write several lines into a cell."""
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _text in texts[1:])]
    for paragraph, text in zip(paragraphs, texts, strict=True):
        dress(paragraph.add_run(text), size)
        paragraph.paragraph_format.line_spacing = line
        paragraph.paragraph_format.keep_with_next = True
    return paragraphs


def write_copies(document: Any, block: Any, stamp: Stamp) -> None:
    """How many copies, under a thin rule, on the page of the seal."""
    paragraph = add_text(document, block.text, size=SMALL, indent=0)
    paragraph.paragraph_format.space_before = Pt(16)
    rule(paragraph, "top", eighths=5, colour="000000", space=6)


WRITERS: dict[str, Callable[[Any, Any, Stamp], Any]] = {
    "Agency": write_agency,
    "Title": write_title,
    "Number": write_number,
    "Party": lambda document, block, stamp: add_text(document, f"{block.name}：", indent=0),
    "Paragraph": lambda document, block, stamp: add_text(document, block.text),
    "Items": write_items,
    "Signatures": write_signatures,
    "Seal": write_seal,
    "Copies": write_copies,
}
