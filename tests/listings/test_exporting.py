"""What is shown leaves as a file that no spreadsheet program runs."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Entry
from enterprises.views.lists import EnterpriseList
from listings import actions
from listings.exporting import harmless, plain
from listings.models import Job
from tests.factories.enterprises import make_enterprise

URL = reverse("enterprises:list")


def cells(answer) -> list[tuple]:
    book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_the_export_holds_the_rows_and_columns_that_are_shown(sign_in, people, four, page_for):
    browser = sign_in(people.town)
    browser.post(URL, {"do": "columns", "col": ["uscc", "name"]})

    rows = cells(browser.get(URL, {"category": "hazchem", "format": "xlsx"}))

    assert rows[1:] == [(four[1].uscc, four[1].name)]


def test_the_export_names_no_other_area(sign_in, people, four, other_enterprise):
    rows = cells(sign_in(people.town).get(URL, {"format": "xlsx"}))

    assert other_enterprise.name not in {cell for row in rows for cell in row}


def test_the_second_sheet_says_what_was_filtered_and_by_whom(sign_in, people, four):
    answer = sign_in(people.town).get(URL, {"category": "hazchem", "format": "xlsx"})

    about = load_workbook(BytesIO(answer.content)).worksheets[1]
    lines = [row[1] for row in about.iter_rows(values_only=True)]
    assert people.town.name in lines
    assert any("危" in str(line) for line in lines)


def test_an_export_of_every_column_reads_each_row_once(people, four, page_for, django_assert_num_queries):
    page = page_for(people.town, f"cols={','.join(column.name for column in EnterpriseList.columns)}")
    page.chosen, page.user.scope  # noqa: B018 - their queries are not what is counted

    # The rows, the names of their towns, and those of the records that two columns name for these rows.
    with django_assert_num_queries(4):
        [rows] = page.every(chunk=100)
        written = [[column.raw(row) for column in page.chosen] for row in rows]
    assert len(written) == page.total


def test_an_export_reads_no_field_that_it_does_not_write(people, four, page_for):
    page = page_for(people.town, "cols=name,town")

    [rows] = page.every(chunk=100)
    assert {"business_scope", "contact_phone"} <= rows[0].get_deferred_fields()


def test_an_export_is_put_on_record(sign_in, people, four):
    sign_in(people.town).get(URL, {"category": "hazchem", "format": "csv"})

    entry = Entry.objects.get(verb="listings.export")
    assert (entry.actor, entry.data["rows"]) == (people.town, 1)


def test_comma_separated_text_begins_with_the_mark_of_utf_8(sign_in, people, four):
    answer = sign_in(people.town).get(URL, {"format": "csv"})

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "广饶云麓化工有限公司" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_kept_a_text(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


def test_a_negative_number_stays_a_number():
    assert plain(-5) == -5


def test_a_name_that_is_a_formula_reaches_the_workbook_as_text(sign_in, people):
    make_enterprise(name='=HYPERLINK("http://x","y")')

    answer = sign_in(people.town).get(URL, {"format": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_control_character_does_not_break_the_workbook(sign_in, people):
    make_enterprise(name="坏\x07字有限公司")

    rows = cells(sign_in(people.town).get(URL, {"format": "xlsx"}))

    assert "坏字有限公司" in {cell for row in rows for cell in row}


def test_a_moment_is_written_in_local_time():
    assert plain(datetime(2026, 3, 9, 20, 0, tzinfo=ZoneInfo("UTC"))) == datetime(2026, 3, 10, 4, 0)


def test_a_large_export_goes_to_the_worker(sign_in, people, four, monkeypatch):
    monkeypatch.setattr(actions, "EXPORT_AT_ONCE", 2)

    answer = sign_in(people.town).get(URL, {"format": "xlsx"})

    job = Job.objects.get()
    assert answer.url == reverse("listings:job", args=[job.pk])
    assert (job.user, job.page) == (people.town, "enterprises.list")
