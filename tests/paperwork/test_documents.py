"""Every kind of document, with its sample facts: it renders, strictly, and well."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document

from paperwork import docx, pdf
from paperwork.blocks import Paragraph, Seal, Signatures
from paperwork.kinds import build, freeze, registry, thaw
from paperwork.strictness import unused
from tests.paperwork.conftest import LETTER, LETTER_KIND, LetterFacts
from tests.paperwork.samples import SAMPLES, STAMP

KINDS = sorted(code for code in registry() if code != LETTER_KIND.code)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def blocks_of(code: str) -> list:
    return list(registry()[code].build(SAMPLES[code], STAMP))


def test_every_kind_has_a_sample():
    assert set(KINDS) == set(SAMPLES)


@pytest.mark.parametrize("code", KINDS)
def test_it_uses_every_fact_that_it_declares(code):
    assert unused(registry()[code], SAMPLES[code], STAMP) == set()


@pytest.mark.parametrize("code", KINDS)
def test_its_facts_survive_the_freezing(code):
    kind = registry()[code]
    assert thaw(kind, freeze(kind, SAMPLES[code])) == SAMPLES[code]


@pytest.mark.parametrize("code", KINDS)
def test_it_becomes_pdf_and_word(code):
    assert pdf.render(blocks_of(code), STAMP).startswith(b"%PDF-")
    text = all_text(docx.render(blocks_of(code), STAMP))
    assert STAMP.number in text
    assert STAMP.code in text


@pytest.mark.parametrize("code", KINDS)
def test_it_has_a_seal_a_number_and_a_way_to_verify_it(code):
    html = pdf.markup(blocks_of(code), STAMP)
    assert any(isinstance(block, Seal) for block in blocks_of(code))
    assert STAMP.number in html
    assert "<svg" in html
    assert STAMP.code in html


@pytest.mark.parametrize("code", KINDS)
def test_nothing_on_it_is_in_another_language(code):
    words = re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", " ", pdf.markup(blocks_of(code), STAMP)))
    assert words == []


def test_a_fact_that_no_block_uses_is_found():
    kind = replace(LETTER_KIND, build=lambda facts, stamp: [Paragraph(facts.agency)])
    assert unused(kind, LETTER, STAMP) == {"party", "lines", "date", "lines.text", "lines.basis"}


def test_a_fact_that_was_not_declared_is_an_error():
    kind = replace(LETTER_KIND, build=lambda facts, stamp: [Paragraph(facts.telephone)])
    with pytest.raises(AttributeError):
        unused(kind, LETTER, STAMP)


def test_frozen_facts_with_an_unknown_or_a_missing_name_are_refused():
    data = freeze(LETTER_KIND, LETTER)
    with pytest.raises(TypeError):
        build(LetterFacts, {**data, "telephone": "1"})
    with pytest.raises(TypeError):
        build(LetterFacts, {name: value for name, value in data.items() if name != "party"})
    with pytest.raises(TypeError):
        build(LetterFacts, {**data, "lines": [{"text": "x", "basis": "y", "more": "z"}]})


def test_what_a_person_wrote_cannot_become_markup():
    facts = replace(LETTER, party='<img src="file:///etc/passwd"><script>')
    html = pdf.markup(LETTER_KIND.build(facts, STAMP), STAMP)
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("url", ["http://example.com/a.png", "file:///etc/passwd", "data:text/plain,x"])
def test_a_document_fetches_nothing(url):
    with pytest.raises(ValueError, match="may not fetch"):
        pdf.refuse_fetching(url)


@pytest.mark.parametrize("lines", range(1, 40, 6))
def test_text_signatures_and_seal_stay_together_wherever_the_page_ends(lines):
    filler = [Paragraph("甲乙丙丁戊己庚辛壬癸" * 2) for _n in range(lines)]
    code = "hazards.rectification_notice"
    blocks = blocks_of(code)
    pages = pdf.layout([*blocks[:4], *filler, *blocks[4:]], STAMP).pages
    on = {name: n for n, page in enumerate(pages) for name in page.anchors}
    assert on["signatures"] == on["seal"] == on["copies"]
    assert on["last"] in {on["seal"], on["seal"] - 1}


def test_a_page_never_holds_the_signatures_alone():
    blocks = blocks_of("hazards.rectification_notice")
    for lines in range(0, 16, 3):
        filler = [Paragraph("甲乙丙丁") for _n in range(lines)]
        pages = pdf.layout([*blocks[:4], *filler, *blocks[4:]], STAMP).pages
        first = min(place[1] for name, place in pages[-1].anchors.items() if name in {"signatures", "seal"})
        top = 30 / 25.4 * 96
        assert first > top + 30, f"{lines} lines"


# --- the Word copy, as its XML has it ---


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def all_text(data: bytes) -> str:
    body = ElementTree.fromstring(parts(data)["word/document.xml"])
    return "".join(node.text or "" for node in body.iter(f"{WORD}t"))


@pytest.fixture(scope="module")
def word() -> bytes:
    return docx.render(blocks_of("hazards.rectification_notice"), STAMP)


def test_every_letter_has_a_chinese_face(word):
    body = ElementTree.fromstring(parts(word)["word/document.xml"])
    runs = [run for run in body.iter(f"{WORD}r") if run.find(f"{WORD}t") is not None]
    assert len(runs) > 20
    for run in runs:
        assert run.find(f"{WORD}rPr/{WORD}rFonts").get(f"{WORD}eastAsia") in {"仿宋", "宋体"}


# The order in which Word demands the parts of a description; it calls a file broken where they stand otherwise.
ORDERS = {
    "rPr": "rStyle rFonts b bCs i iCs color spacing w kern position sz szCs highlight u lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs autoSpaceDE autoSpaceDN "
    "spacing ind contextualSpacing jc outlineLvl rPr",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "trPr": "cantSplit trHeight tblHeader",
}


@pytest.mark.parametrize("kind", ORDERS)
def test_the_parts_of_a_description_stand_in_the_order_that_word_demands(word, kind):
    order = ORDERS[kind].split()
    body = ElementTree.fromstring(parts(word)["word/document.xml"])
    found = list(body.iter(f"{WORD}{kind}"))
    assert found
    for description in found:
        places = [order.index(child.tag.removeprefix(WORD)) for child in description]
        assert places == sorted(places)


def test_the_foot_counts_its_pages_by_itself(word):
    foot = next(content for name, content in parts(word).items() if name.startswith("word/footer")).decode()
    assert re.findall(r"<w:instrText[^>]*> (\w+) </w:instrText>", foot) == ["PAGE", "NUMPAGES"]
    assert "第 " in foot
    assert "页　共 " in foot


def test_the_word_copy_keeps_text_signatures_and_seal_together(word):
    document = Document(BytesIO(word))
    sign, close = document.tables
    assert all(
        row._tr.trPr.find(f"{WORD}cantSplit") is not None for table in (sign, close) for row in table.rows
    )
    cells = [cell for table in (sign, close) for row in table.rows for cell in row.cells]
    assert all(
        line.paragraph_format.keep_with_next for cell in cells for line in cell.paragraphs if line.text
    )
    remedies = next(line for line in document.paragraphs if line.text.startswith("如果不服"))
    assert remedies.paragraph_format.keep_with_next


def test_the_word_copy_says_itself_what_it_is(word):
    about = Document(BytesIO(word)).core_properties
    assert about.title == "隐患整改通知书 （广）应急隐改〔2026〕37号"
    assert (about.author, about.language) == ("广饶县应急管理局", "zh-CN")
    assert about.created.year == 2026


def test_the_picture_code_says_in_words_what_it_is(word):
    assert f'descr="核验二维码 {STAMP.url}"' in parts(word)["word/document.xml"].decode()


def test_the_order_of_blocks_is_that_of_the_paper():
    names = [type(block) for block in blocks_of("hazards.rectification_notice")]
    assert names.index(Signatures) < names.index(Seal)
