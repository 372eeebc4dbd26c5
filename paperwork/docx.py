"""The blocks as a Word document, for agencies that file an editable copy."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import segno
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from paperwork.blocks import Block, Stamp

FANGSONG, SONG = "仿宋", "宋体"
RED = RGBColor(0xC8, 0x16, 0x1D)
BODY, NOTE, SMALL = Pt(15), Pt(13), Pt(10.5)


def render(blocks: Sequence[Block], stamp: Stamp) -> bytes:
    """Return the .docx of the document."""
    document = Document()
    set_page(document)
    for block in blocks:
        WRITERS[type(block).__name__](document, block, stamp)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def set_page(document: Any) -> None:
    """A4 with the margins of official documents, body type, and the page number at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANGSONG, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.5
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
        run = foot.add_run("" if part.isupper() else part)
        run.font.size = SMALL
        if part.isupper():
            add_field(run, part)


def add_field(run: Any, code: str) -> None:
    """Put a field that the word processor counts itself."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)


def add_text(
    document: Any,
    text: str,
    *,
    size: Pt = BODY,
    bold: bool = False,
    centred: bool = False,
    font: str = FANGSONG,
    indent: float = 2,
) -> DocxParagraph:
    """Add a paragraph whose Chinese and Latin letters share one face; `indent` counts characters."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = size, bold, font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        paragraph.paragraph_format.first_line_indent = int(size * indent)
    return paragraph


def write_agency(document: Any, block: Any, stamp: Stamp) -> None:
    """The agency's name in red, over a red rule."""
    paragraph = add_text(document, block.name, size=Pt(27), bold=True, centred=True, font=SONG)
    paragraph.runs[0].font.color.rgb = RED
    paragraph.paragraph_format.space_after = Pt(18)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "C8161D")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def write_items(document: Any, block: Any, stamp: Stamp) -> None:
    """Numbered items, each kept together with its lines."""
    for number, item in enumerate(block.items, 1):
        lines = [add_text(document, f"{number}．{item.text}")]
        for place, note in enumerate(item.notes, 1):
            lines.append(add_text(document, note, size=NOTE, bold=place == len(item.notes)))
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True


def write_signatures(document: Any, block: Any, stamp: Stamp) -> None:
    """Lines to sign, kept together and with what follows."""
    document.add_paragraph()
    table = document.add_table(rows=0, cols=2 * max(len(row) for row in block.rows))
    for row in block.rows:
        cells = table.add_row().cells
        for place, (label, value) in enumerate(row):
            cells[2 * place].text = label
            cells[2 * place + 1].text = value or "＿＿＿＿＿＿"
        for cell in cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            for run in cell.paragraphs[0].runs:
                run.font.size = NOTE


def write_seal(document: Any, block: Any, stamp: Stamp) -> None:
    """The code for verification at the left; agency, date and place of the seal at the right."""
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    picture = BytesIO()
    segno.make(stamp.url, error="m").save(picture, kind="png", scale=6, border=0)
    picture.seek(0)
    left.paragraphs[0].add_run().add_picture(picture, width=Mm(20))
    note = left.add_paragraph().add_run(f"扫码核验真伪\n核验码{stamp.code}")
    note.font.size = SMALL
    for text in (block.agency, block.date, "（印章）"):
        paragraph = right.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


WRITERS: dict[str, Callable[[Any, Any, Stamp], Any]] = {
    "Agency": write_agency,
    "Title": lambda document, block, stamp: add_text(
        document, block.text, size=Pt(22), bold=True, centred=True, font=SONG
    ),
    "Number": lambda document, block, stamp: add_text(document, block.text, centred=True),
    "Party": lambda document, block, stamp: add_text(document, f"{block.name}：", indent=0),
    "Paragraph": lambda document, block, stamp: add_text(document, block.text),
    "Items": write_items,
    "Signatures": write_signatures,
    "Seal": write_seal,
    "Copies": lambda document, block, stamp: add_text(document, block.text, size=SMALL, indent=0),
}
