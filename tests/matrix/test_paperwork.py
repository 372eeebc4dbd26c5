"""Every kind of document renders from declared facts alone, to both files."""

from io import BytesIO

import docx as reader
import pytest

from paperwork import docx, pdf
from paperwork.blocks import Stamp
from paperwork.kinds import freeze, registry, thaw
from tests.matrix.samples import SAMPLES
from tests.people import AT

STAMP = Stamp("（广）应急隐改〔2026〕1号", "ABCD-2345", "http://localhost/v/ABCD-2345/", AT)
KINDS = list(registry().values())
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def test_every_kind_has_sample_facts():
    assert {kind.code for kind in KINDS} == set(SAMPLES)


@each_kind
def test_the_facts_survive_being_frozen(kind):
    assert thaw(kind, freeze(kind, SAMPLES[kind.code])) == SAMPLES[kind.code]


@each_kind
def test_it_renders_to_a_word_document(kind):
    data = docx.render(list(kind.build(SAMPLES[kind.code], STAMP)), STAMP)

    text = "\n".join(paragraph.text for paragraph in reader.Document(BytesIO(data)).paragraphs)
    assert kind.title in text.replace("\n", "")
    assert STAMP.number in text


@each_kind
def test_it_renders_to_a_pdf(kind):
    data = pdf.render(list(kind.build(SAMPLES[kind.code], STAMP)), STAMP)

    assert data.startswith(b"%PDF-")
    # A page with Chinese text carries its letters with it.
    assert b"/FontFile" in data or len(data) > 10_000


@each_kind
def test_nothing_is_left_open_in_its_text(kind):
    html = pdf.markup(list(kind.build(SAMPLES[kind.code], STAMP)), STAMP)

    assert kind.title in html
    assert "None" not in html
    assert "{{" not in html
