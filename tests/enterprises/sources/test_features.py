"""The table of basic features is made from the file: every figure as it stands, with the table it was read from."""

from io import BytesIO

import docx as reader
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import Entry
from enterprises.models import SourceUnit
from enterprises.sources import features
from listings.models import Job, JobState
from listings.tasks import run_job
from paperwork.reports.blocks import Facts
from tests.factories.sources import CHLORINE, assessed, recorded, tonnes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def source(people, enterprise) -> SourceUnit:
    """60 t of chlorine among 100 residents: R = 96, grade 2 (handbook §4.3)."""
    return assessed(enterprise, people.enterprise, tonnes("60", CHLORINE), residents_500m=100)


def said(report) -> dict[str, str]:
    """Return every fact of the report by its label."""
    found = dict(report.facts.rows)
    for block in report.blocks:
        if isinstance(block, Facts):
            found |= dict(block.rows)
    return found


def press(browser, source, kind="docx"):
    return browser.post(reverse("enterprises:print_source", args=[source.pk]), {"format": kind})


def test_it_says_what_the_unit_is_and_what_the_calculation_came_to(source, people, at):
    facts = said(features.report_of(source, people.enterprise, at))

    assert (facts["单位名称"], facts["统一社会信用代码"]) == (source.enterprise.name, source.enterprise.uscc)
    assert (facts["S值"], facts["R值"], facts["重大危险源级别"]) == ("12.00", "96.00", "二级")
    assert facts["是否构成重大危险源"] == "是"
    assert facts["评估报告日期"] == "2026-03-05"
    assert facts["备案编号"] == ""


def test_each_substance_stands_with_its_q_and_its_beta(source, people, at):
    report = features.report_of(source, people.enterprise, at)
    lines = [line.cells for block in report.blocks if hasattr(block, "lines") for line in block.lines]

    assert any(cells[2:4] == ("60", "5") and cells[6] == "4" for cells in lines)
    assert ("主要负责人", "高砚平", "13605460001") in lines


def test_below_the_threshold_it_says_so(people, enterprise, at):
    unit = recorded(enterprise, people.enterprise, tonnes("1"))

    facts = said(features.report_of(unit, people.enterprise, at))

    assert (facts["是否构成重大危险源"], facts["重大危险源级别"]) == ("否", "不构成")


def test_pressing_makes_it_in_chinese_whatever_the_language_of_the_person(source, people, sign_in):
    people.enterprise.language = "en"
    people.enterprise.save()
    browser = sign_in(people.enterprise)

    answer = press(browser, source)
    job = Job.objects.get()
    run_job(job.pk)

    job.refresh_from_db()
    assert (answer.url, job.state) == (reverse("listings:job", args=[job.pk]), JobState.DONE)
    written = reader.Document(BytesIO(job.file.read()))
    words = "\n".join(paragraph.text for paragraph in written.paragraphs)
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert "危险化学品重大危险源基本特征表" in words
    assert "第" in written.sections[0].footer.paragraphs[0].text
    assert {"单元类别", "储存单元", "填报单位（盖章）", "表1 第12号"} & cells
    assert Entry.objects.get(verb="enterprises.print_source").target_id == source.pk


def test_pressed_twice_it_is_made_once(source, people, sign_in):
    browser = sign_in(people.county)

    assert press(browser, source).url == press(browser, source).url
    assert Job.objects.count() == 1


def test_a_pdf_is_made_where_the_server_can(source, people, sign_in, settings):
    press(sign_in(people.county), source, "pdf")
    run_job(Job.objects.get().pk)
    assert Job.objects.get().file.read().startswith(b"%PDF-")


def test_without_the_libraries_a_word_document_is_made_in_its_place(source, people, sign_in, settings):
    settings.PDF_ENABLED = False
    press(sign_in(people.county), source, "pdf")

    assert Job.objects.get().params["format"] == "docx"


def test_of_a_source_elsewhere_nothing_is_made(source, people, sign_in):
    assert press(sign_in(people.other_county), source).status_code == 404
    assert not Job.objects.exists()


def test_whoever_has_lost_sight_of_it_since_gets_nothing(source, people, at):
    job = features.print_source(source, kind="docx", by=people.county, at=at)
    job.user = people.other_county

    with pytest.raises(PermissionDenied):
        features.write(job, BytesIO(), lambda done, total: None)
