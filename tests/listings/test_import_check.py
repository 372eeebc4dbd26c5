"""The dry run: what is counted, what is refused, and that nothing is written."""

import pytest
from django.utils import translation
from openpyxl import load_workbook

from enterprises.models import Enterprise
from listings.models import JobState
from tests.factories.imports import HEADS, checked, facts, reasons, sent_in, taken, workbook
from tests.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(people):
    """The sentences are compared in English."""
    people.county.language = "en"
    people.county.save()
    with translation.override("en"):
        yield


def counts(job):
    return tuple(job.result[name] for name in ("new", "changed", "unchanged", "wrong"))


def known(enterprise, **cells):
    """The row of an enterprise as it is on file."""
    return facts(
        uscc=enterprise.uscc,
        name=enterprise.name,
        region=enterprise.region_id,
        production_address=enterprise.production_address,
        principal_name=enterprise.principal_name,
        principal_phone=enterprise.principal_phone,
        contact_name=enterprise.contact_name,
        contact_phone=enterprise.contact_phone,
        industry_code=enterprise.industry_code,
        **cells,
    )


def test_rows_are_counted_by_what_writing_them_would_do(people, enterprise):
    second = {"uscc": facts(9)["uscc"], "name": "没有别的"}
    job = checked(people.county, facts(1), facts(2), known(enterprise), second)
    assert job.state == JobState.CHECKED
    assert counts(job) == (2, 0, 1, 1)
    assert job.done == job.total == 4


def test_a_row_that_says_something_else_changes_its_record(people, enterprise):
    assert counts(checked(people.county, known(enterprise, employees=77))) == (0, 1, 0, 0)


def test_nothing_is_written_by_the_check(people):
    before = Enterprise.objects.count()
    checked(people.county, facts(1), facts(2))
    assert Enterprise.objects.count() == before


def test_every_wrong_cell_is_named_with_row_column_and_sentence(people):
    wrong = facts(1, uscc="91370523MA0000001X", contact_phone="1360546", established_on="去年")
    assert reasons(checked(people.county, facts(2), wrong)) == [
        (
            3,
            "uscc",
            "The 18th character does not check. Compare the code with the licence; 0 and O, 1 and I are mixed up most.",
        ),
        (3, "contact_phone", "7 digits; a mobile number has 11."),
        (3, "established_on", "Write the day as 2026-03-10."),
    ]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"region": "370523199000"}, "No division has the code 370523199."),
        ({"region": "37052"}, "A division code has 6, 9 or 12 digits, not 5."),
        ({"region": "没有镇"}, "No division of this name in your area; write the code of 12 digits."),
        ({"region": "370522001001"}, "Outside the area or the industry of your post."),
        ({"established_on": "2999-01-01"}, "Later than today"),
        ({"name": "广饶😀有限公司"}, "“😀” is a picture; write it in characters."),
        ({"name": "广" * 10_000}, "10000 characters; at most 120 fit."),
        ({"name": "=HYPERLINK(1)"}, "Holds a formula. Paste the value itself."),
        ({"name": "@SUM(1)"}, "Begins with “@”, like a formula. Write the value itself."),
        ({"principal_name": ""}, "Fill this in."),
        ({"uscc": ""}, "Fill this in."),
        ({"regulatory_category": "航天"}, "Not one of: "),
        ({"employees": -3}, "A whole number is needed, such as 120."),
        ({"longitude": 37}, "A number from 73 to 136."),
    ],
)
def test_a_wrong_cell_is_refused_with_its_sentence(people, cells, sentence):
    job = checked(people.county, facts(1, **cells))
    assert counts(job) == (0, 0, 0, 1)
    assert reasons(job)[0][1] == next(iter(cells))
    assert reasons(job)[0][2].startswith(sentence)


def test_rows_with_the_same_code_are_all_refused_and_name_each_other(people):
    job = checked(people.county, facts(1), facts(2), facts(1, name="另一家"))
    assert reasons(job) == [
        (2, "uscc", "The same as in row 4."),
        (4, "uscc", "The same as in row 2."),
    ]
    assert counts(job) == (1, 0, 0, 2)


def test_a_record_in_another_county_is_not_to_be_taken_over(people, other_enterprise):
    job = checked(people.county, facts(1, uscc=other_enterprise.uscc))
    assert reasons(job) == [(2, "uscc", "On file outside your area; ask that place to hand it over.")]


def test_a_record_without_a_place_in_the_file_is_judged_by_its_own(people, enterprise, other_enterprise):
    here = {"uscc": enterprise.uscc, "employees": 5}
    elsewhere = {"uscc": other_enterprise.uscc, "employees": 5}
    job = checked(people.county, here, elsewhere)
    assert counts(job) == (0, 1, 0, 1)


def test_a_post_for_one_industry_imports_no_other(people):
    role = people.county.posts[0].role
    user = make_user("county_chem", "吕远", role, region_id="370523", industry="hazchem")
    job = checked(user, facts(1), facts(2, regulatory_category="hazchem"))
    assert counts(job) == (1, 0, 0, 1)


def test_the_name_of_a_town_serves_as_well_as_its_code(people):
    job = checked(
        people.county, facts(1, region="大王镇"), facts(2, region="广饶县大王镇"), facts(3, region=370523101)
    )
    assert counts(job) == (3, 0, 0, 0)


def test_columns_nobody_knows_are_named_and_not_read(people):
    job = taken(sent_in(people.county, workbook(facts(1), extra={"备注": "无", "行号": 7})))
    assert job.result["unknown_heads"] == ["备注"]
    assert counts(job) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not a workbook", "This is not a workbook, or it is damaged."),
        (workbook()[:2000], "This is not a workbook, or it is damaged."),
    ],
)
def test_a_broken_file_ends_with_a_sentence(people, content, sentence):
    job = taken(sent_in(people.county, content))
    assert (job.state, job.message[: len(sentence)]) == (JobState.FAILED, sentence)


def test_a_file_of_another_kind_is_told_which_column_it_lacks(people):
    job = taken(sent_in(people.county, "姓名,电话\n周,1\n".encode(), "人员.csv"))
    assert job.state == JobState.FAILED
    assert "统一社会信用代码" in job.message


def test_an_empty_file_with_heads_has_nothing_to_write(people):
    assert counts(checked(people.county)) == (0, 0, 0, 0)


def test_the_wrong_rows_come_back_with_reasons_and_nothing_else(people):
    wrong = facts(2, contact_phone="12", former_name="=1+1", safety_head="=1")
    job = taken(sent_in(people.county, csv_of(facts(1, former_name="", safety_head=""), wrong), "企业.csv"))
    sheet = load_workbook(job.file.path).active
    head, row = list(sheet.iter_rows())
    assert [cell.value for cell in head[:3]] == ["行号", "错误原因", "统一社会信用代码"]
    by_head = {title.value: cell for title, cell in zip(head, row, strict=True)}
    assert by_head["行号"].value == 3
    assert "联系人手机：" in by_head["错误原因"].value
    assert by_head["联系人手机"].fill.fgColor.rgb == "00F1D7E1"
    assert by_head["企业名称"].fill.fgColor.rgb != "00F1D7E1"
    assert (by_head["曾用名"].value, by_head["曾用名"].data_type) == ("=1+1", "s")
    commented = {
        title.value: cell.comment.text for title, cell in zip(head, row, strict=True) if cell.comment
    }
    assert set(commented) == {"联系人手机", "曾用名", "安全负责人"}
    assert all(f"{title}：{reason}" in by_head["错误原因"].value for title, reason in commented.items())


def test_an_empty_cell_that_must_be_filled_says_so_itself(people):
    job = checked(people.county, facts(1), {**facts(2), "production_address": ""})
    head, row = load_workbook(job.file.path).active.iter_rows()
    place = [cell.value for cell in head].index("生产经营地址")

    assert row[place].value is None
    assert row[place].comment.text in row[1].value


def test_of_very_many_reasons_the_first_stand_in_their_cells(people, monkeypatch):
    monkeypatch.setattr("listings.importing.workbooks.CELL_REASONS", 3)
    job = checked(people.county, *(facts(number, contact_phone="1") for number in range(5)))
    cells = [cell for row in load_workbook(job.file.path).active.iter_rows(min_row=2) for cell in row]

    assert len([cell for cell in cells if cell.comment]) == 3
    assert len([cell for cell in cells if cell.fill.fgColor.rgb == "00F1D7E1"]) == 5


def csv_of(*rows):
    lines = [",".join(HEADS[name] for name in rows[0])]
    lines += [",".join(str(value) for value in row.values()) for row in rows]
    return "\n".join(lines).encode("gb18030")


def test_the_corrected_workbook_of_wrong_rows_can_be_sent_in_again(people):
    job = checked(people.county, facts(1), facts(2, contact_phone="12"))
    book = load_workbook(job.file.path)
    sheet = book.active
    place = next(cell.column for cell in sheet[1] if cell.value == "联系人手机")
    sheet.cell(2, place).value = "13605460009"
    book.save(job.file.path)
    with open(job.file.path, "rb") as file:
        again = taken(sent_in(people.county, file.read()))
    assert counts(again) == (1, 0, 0, 0)
    assert again.result["unknown_heads"] == []


def test_only_the_first_fifty_mistakes_are_shown(people):
    job = checked(people.county, *(facts(number, contact_phone="1") for number in range(60)))
    assert len(job.result["errors"]) == 50
    assert job.result["wrong"] == 60
