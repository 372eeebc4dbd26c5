"""A checklist from a workbook into a draft edition."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from audit.models import Entry
from hazards.choices import Category
from inspections import services as verbs
from inspections.library.importing import COLUMNS, LIBRARY, sheet_of
from inspections.models import CheckItem, Edition, ImportedLine
from listings.models import Job
from listings.views_import import start
from tests.factories.imports import pressed, taken
from tests.factories.library import draft, items_of, publish, published

HEADS = {column.name: column.head for column in COLUMNS}


def row(code: str, **cells: str) -> dict[str, str]:
    """The cells of one right row of the checklist `dust`."""
    return {
        "checklist": "dust",
        "code": code,
        "section": "除尘系统",
        "content": f"除尘器按规定设置泄爆装置{code}",
        "methods": "documents+site",
        "category": "fire",
        "grade": "general",
        "criterion": "",
        "basis": "AWSL:36；《安全生产法》第四十一条",
        "measure": "责令限期改正",
        "penalty": "AWSL:99",
        "discretion": "",
        "mark": "M",
        **cells,
    }


def workbook(*rows: dict[str, str]) -> bytes:
    """An .xlsx with every column."""
    book = Workbook()
    book.active.append(list(HEADS.values()))
    for each in rows:
        book.active.append([each[name] for name in HEADS])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def checked(user, content: bytes) -> Job:
    """The import as the worker checked it."""
    return taken(start(LIBRARY, SimpleUploadedFile("检查表.xlsx", content), by=user))


def written(user, content: bytes) -> Job:
    """The import after "write" was pressed."""
    return taken(pressed(checked(user, content)))


def wrong(job: Job) -> list[tuple[int, str]]:
    """Row and field of what the result page shows as wrong."""
    fields = {head: name for name, head in HEADS.items()}
    return [(number, fields[head]) for number, head, _cell, _sentence in job.result["errors"]]


@pytest.fixture
def edition(people) -> Edition:
    """An empty draft of the checklist `dust`."""
    return draft(people, items=0, code="dust", title="粉尘检查表")


def test_rows_become_items_of_the_draft_in_their_order(people, edition):
    job = written(people.city, workbook(row("D-2"), row("D-1")))

    assert (job.state, job.result["new"]) == ("done", 2)
    first, second = items_of(edition)
    assert (first.code, second.code) == ("D-2", "D-1")
    assert (first.methods, first.category, first.grade) == (["documents", "site"], "fire", "general")
    assert {(str(each), each.role) for each in first.references.select_related("law")} == {
        ("《安全生产法》第三十六条", "basis"),
        ("《安全生产法》第四十一条", "basis"),
        ("《安全生产法》第九十九条", "penalty"),
    }
    edition.refresh_from_db()
    assert edition.item_count == 2


def test_the_way_station_is_empty_afterwards(people, edition):
    written(people.city, workbook(row("D-1")))

    assert not ImportedLine.objects.exists()
    assert Entry.objects.filter(verb="inspections.import_library", actor=people.city).exists()


def test_a_checklist_without_a_draft_gets_its_next_edition(people):
    first = published(people, items=1, code="dust")

    written(people.city, workbook(row("D-1")))

    second = first.checklist.editions.get(state="draft")
    assert (second.number, second.item_count) == (2, 2)
    first.refresh_from_db()
    assert (first.state, first.item_count) == ("published", 1)


def test_the_same_rows_again_change_nothing(people, edition):
    written(people.city, workbook(row("D-1"), row("D-2")))
    publish(edition, people)

    written(people.city, workbook(row("D-1"), row("D-2")))

    second = edition.checklist.editions.get(state="draft")
    assert items_of(second) == items_of(edition)


def test_a_changed_row_rewords_the_published_item(people, edition):
    written(people.city, workbook(row("D-1")))
    publish(edition, people)
    old = items_of(edition)[0]

    written(people.city, workbook(row("D-1", content="除尘器装有泄爆装置")))

    (new,) = items_of(edition.checklist.editions.get(state="draft"))
    assert (new.replaces, new.content) == (old, "除尘器装有泄爆装置")
    assert CheckItem.objects.get(pk=old.pk).content == old.content


def test_an_item_of_another_checklist_is_used_again_when_it_says_the_same(people, edition):
    written(people.city, workbook(row("D-1")))
    publish(edition, people)
    other = draft(people, items=0, code="mill", title="面粉加工检查表")

    written(people.city, workbook(row("D-1", checklist="mill")))

    assert items_of(other) == items_of(edition)


def test_wrong_cells_are_named_and_the_right_rows_can_be_written(people, edition):
    job = checked(
        people.city,
        workbook(
            row("D-1"),
            row("D-2", checklist="nowhere"),
            row("D-3", basis="NOPE:3"),
            row("D-4", basis=""),
            row("D-5", category="天气"),
            row("D-6", grade="major"),
            row("D-7", criterion="没有的标准|第一条"),
        ),
    )

    assert wrong(job) == [
        (3, "checklist"),
        (4, "basis"),
        (5, "basis"),
        (6, "category"),
        (7, "criterion"),
        (8, "criterion"),
    ]
    taken(pressed(job))
    assert [item.code for item in items_of(edition)] == ["D-1"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("content", "除" * 10_000),
        ("content", "=HYPERLINK(A1)"),
        ("content", "@SUM(A1)"),
        ("basis", "AWSL:99999999999"),
        ("basis", "AWSL:999"),
        ("penalty", "《安全生产法》第九百九十九条"),
        ("basis", "《安全生产法》第一二条"),
        ("basis", "AWSL:36；" * 200),
        ("code", "D" * 41),
        ("methods", "看一眼"),
        ("mark", "X9"),
        ("grade", "特别重大"),
    ],
    ids=lambda value: value[:12],
)
def test_a_cell_that_cannot_be_is_named_and_its_neighbours_are_written(people, edition, cell, value):
    job = checked(people.city, workbook(row("D-1"), row("D-2") | {cell: value}, row("D-3")))

    assert {number for number, _field in wrong(job)} == {3}
    assert (3, cell) in wrong(job)
    taken(pressed(job))
    assert [item.code for item in items_of(edition)] == ["D-1", "D-3"]


def test_the_longest_that_fits_is_kept_whole(people, edition):
    written(people.city, workbook(row("D-1", content="除" * 500, section="尘" * 80)))

    (item,) = items_of(edition)
    assert (len(item.content), len(item.section)) == (500, 80)


def test_a_row_without_its_checklist_spoils_no_other_checklist(people, edition):
    other = draft(people, items=0, code="mill", title="面粉加工检查表")

    written(people.city, workbook(row("D-1"), row("M-1", checklist="mill"), row("X-1", checklist="none")))

    assert [[item.code for item in items_of(each)] for each in (edition, other)] == [["D-1"], ["M-1"]]


def test_a_major_row_takes_its_criterion(people, edition):
    call_command("load_criteria", verbosity=0)
    name = "工贸企业重大事故隐患判定标准|第三条第（二）项"

    written(people.city, workbook(row("D-1", grade="major", criterion=name)))

    (item,) = items_of(edition)
    assert (item.grade, item.criterion.clause) == ("major", "第三条第（二）项")


def test_two_rows_with_one_code_are_both_refused(people, edition):
    job = checked(people.city, workbook(row("D-1"), row("D-1", content="另一句")))

    assert wrong(job) == [(2, "code"), (3, "code")]


def test_a_checklist_under_review_does_not_change(people, edition):
    written(people.city, workbook(row("D-1")))
    verbs.submit_edition(edition, by=people.city, at=edition.state_since)

    assert wrong(checked(people.city, workbook(row("D-2")))) == [(2, "checklist")]


def test_whoever_does_not_keep_the_library_sends_nothing_in(people, edition, sign_in):
    assert sign_in(people.officer).get("/inspections/library/import/").status_code == 403


def test_an_edition_comes_back_as_the_workbook_that_can_be_sent_in_again(people, edition):
    written(people.city, workbook(row("D-1"), row("D-2")))
    edition.refresh_from_db()

    sheet = load_workbook(BytesIO(sheet_of(edition))).active
    cells = [[cell.value or "" for cell in line] for line in sheet.iter_rows()]
    assert cells[0] == list(HEADS.values())
    with override("zh-hans"):
        assert (cells[1][0], cells[1][1], cells[1][5]) == ("dust", "D-1", str(Category.FIRE.label))

    before = items_of(edition)
    written(people.city, sheet_of(edition))
    assert items_of(edition) == before
