"""A report becomes a PDF and a Word document: long tables flow, heads stand again, nothing breaks on odd signs."""

import subprocess
from dataclasses import replace
from io import BytesIO

import docx as reader
import pytest
from docx.oxml.ns import qn

from paperwork.reports import docx, pdf
from paperwork.reports.blocks import Facts, Heading, Line, Remark, Report, Table
from tests.people import AT

ROWS = 120


@pytest.fixture
def report():
    """A report whose table is longer than two pages."""
    lines = tuple(
        Line((f"第{number}行", str(number)), f"备注{number}" if number % 2 else "") for number in range(ROWS)
    )
    return Report(
        title="一企一档",
        subject="广饶砚池木业有限公司",
        facts=Facts((("代码", "91370523MA0017722"), ("状态", "正常"), ("行业", ""))),
        made_by="大王镇应急管理办公室 孙晓燕",
        made_at=AT,
        blocks=[
            Heading("生产与特殊风险"),
            Remark("没有录入的台账：粉尘"),
            Heading("生产设施", 2),
            Table(("设施", "数量"), lines, frozenset({1})),
            Heading("应急"),
            Facts((("预案", "<b>&一份"), ("异", "a\x00b\x0bc"))),
        ],
    )


def pages_of(data, tmp_path):
    """Return the text of every page of a PDF."""
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    text = subprocess.run(  # noqa: S603
        ["pdftotext", "-layout", str(file), "-"],  # noqa: S607
        capture_output=True,
        check=True,
    ).stdout.decode()
    return text.split("\f")[:-1]


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(report, tmp_path):
    pages = pages_of(pdf.render(report), tmp_path)

    with_rows = [page for page in pages if "行" in page and "备注" in page]
    assert len(with_rows) > 2
    assert all("设施" in page and "数量" in page for page in with_rows)
    assert all(f"第{number}行" in "".join(pages) for number in range(ROWS))


def test_every_page_says_as_of_when_by_whom_and_which_page_it_is(report, tmp_path):
    pages = pages_of(pdf.render(report), tmp_path)

    for number, page in enumerate(pages, 1):
        assert "2026-03-10 10:00" in page
        assert "孙晓燕" in page
        assert str(number) in page.strip().splitlines()[-1]
        assert str(len(pages)) in page.strip().splitlines()[-1]


def test_the_contents_lead_to_the_pages(report, tmp_path):
    pages = pages_of(pdf.render(report), tmp_path)

    last = next(number for number, page in enumerate(pages, 1) if "<b>&一份" in page)
    line = next(line for line in pages[0].splitlines() if "应急" in line)
    assert int(line.split()[-1]) == last


def test_in_word_the_head_of_a_table_is_marked_to_stand_again(report):
    document = reader.Document(BytesIO(docx.render(report)))

    rows = max(document.tables, key=lambda table: len(table._tbl.tr_lst))._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert rows[1].trPr.find(qn("w:tblHeader")) is None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert len(rows) == 1 + ROWS + ROWS // 2


def test_in_word_sections_are_heads_of_the_outline(report):
    document = reader.Document(BytesIO(docx.render(report)))

    outline = [
        (each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Head")
    ]
    assert outline == [("Heading 1", "生产与特殊风险"), ("Heading 2", "生产设施"), ("Heading 1", "应急")]
    foot = document.sections[0].footer.paragraphs[0]
    assert "孙晓燕" in foot.text
    assert "NUMPAGES" in foot._p.xml


def test_what_people_typed_is_text_and_signs_that_no_paper_carries_are_left_out(report):
    word = reader.Document(BytesIO(docx.render(report)))

    cells = [cell.text for table in word.tables for row in table.rows[:3] for cell in row.cells]
    assert "<b>&一份" in cells
    assert "abc" in cells
    assert "&lt;b&gt;&amp;一份" in pdf.markup(report)
    assert "\x00" not in pdf.markup(report)


def test_an_empty_value_is_a_dash(report):
    cells = [cell.text for cell in reader.Document(BytesIO(docx.render(report))).tables[0].rows[1].cells]

    assert cells == ["行业", "—", "", ""]


@pytest.fixture
def crowded():
    """A table in which long texts stand beside days and short words."""
    line = Line(("配电室电缆沟盖板缺失" * 9, "2026-11-18", "overdue", "整改期限内未完成" * 6), "")
    return Table(("问题", "期限", "State", "说明"), (line, line))


def test_a_column_of_days_and_of_short_words_is_known_as_short(crowded):
    assert crowded.short == {1, 2}
    assert Table(("空",), ()).short == {0}


def test_no_day_and_no_short_word_is_broken_beside_long_texts(report, crowded, tmp_path):
    report = replace(report, blocks=[Heading("在办事项"), crowded])

    text = "".join(pages_of(pdf.render(report), tmp_path))

    assert text.count("2026-11-18") == text.count("overdue") == 2


def test_in_word_short_columns_are_wide_enough_and_the_table_as_wide_as_the_page(crowded):
    widths = docx.column_widths(crowded)

    assert sum(widths) == pytest.approx(docx.WIDTH_MM)
    assert widths[1] > 10 * 1.6
    assert widths[2] > 7 * 1.6
    assert min(widths[0], widths[3]) > widths[1]


def test_in_word_a_table_of_short_columns_alone_fills_the_page():
    table = Table(("年度", "人数"), (Line(("2025", "3")), Line(("2026", "5"))))

    assert sum(docx.column_widths(table)) == pytest.approx(docx.WIDTH_MM)
