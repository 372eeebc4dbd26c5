"""What is rare or large in a file: a sheet in pieces, heads over two rows, a file in which everything is wrong."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from listings.importing import pieces, reading, staging
from tests.factories.books import company, put_in, sent, sums, tried
from tests.factories.imports import HEADS, checked, facts, sent_in, taken, workbook


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def saved(tmp_path, rows, *, gap=0):
    """A workbook of two sheets with the rows on the second; after the third row come empty ones."""
    book = Workbook()
    sheet = book.create_sheet("第二张")
    for number, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value != "":
                sheet.cell(number + (gap if number > 3 else 0), column).value = value
    path = tmp_path / "large.xlsx"
    book.save(path)
    return str(path)


ROWS = [["", "代码", "日期"], *(["", f"甲{n}", datetime(2026, 1, 1 + n % 28)] for n in range(300))]


@pytest.mark.parametrize("size", [900, 5_000, 20_000])
@pytest.mark.parametrize("gap", [0, 7])
def test_a_sheet_read_in_pieces_gives_the_same_rows_under_the_same_numbers(size, gap, tmp_path, monkeypatch):
    path = saved(tmp_path, ROWS, gap=gap)
    whole = {
        number: cells for number, cells in enumerate(reading.open_table(path, 1).rows(), 1) if any(cells)
    }
    monkeypatch.setattr(pieces, "PIECE_SIZE", size)

    table = reading.open_table(path, 1)

    assert table.on_disk
    cut = {number: cells[1:] for number, cells in enumerate(table.rows(), 1) if any(cells)}
    assert cut == whole
    assert table.total == len(ROWS)


def test_a_formula_is_found_in_a_sheet_read_in_pieces(tmp_path, monkeypatch):
    rows = [list(cells) for cells in ROWS]
    rows[200][1] = "=1+1"
    path = saved(tmp_path, rows)
    monkeypatch.setattr(pieces, "PIECE_SIZE", 900)

    table = reading.open_table(path, 1)

    known = [201 in table.formulas() for number, _cells in enumerate(table.rows(), 1) if number == 201]
    assert known == [True]
    assert table.formulas() == {201: {1}}


def test_a_sheet_whose_rows_have_no_numbers_is_read_whole(tmp_path, monkeypatch):
    path = saved(tmp_path, ROWS)
    monkeypatch.setattr(pieces, "PIECE_SIZE", 900)
    monkeypatch.setattr(pieces, "ROW_NUMBER", pieces.re.compile(rb"never"))

    assert not reading.open_table(path, 1).on_disk


@pytest.mark.django_db
def test_an_import_read_in_pieces_ends_as_one_read_whole(people, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_SIZE", 1_500)
    rows = [company(n, **({"contact_phone": "1"} if n % 5 == 0 else {})) for n in range(1, 21)]

    job = put_in(tried(people.county, enterprises=rows))

    assert sums(job) == (16, 0, 0, 4)
    assert [line[0] for line in job.result["errors"]] == [6, 11, 16, 21]


def merged(content, tmp_path, change):
    """The workbook after somebody has laid out its heads."""
    path = tmp_path / "merged.xlsx"
    path.write_bytes(content)
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path.read_bytes()


def with_groups(sheet):
    """A row of groups above the heads; the code's own head is merged over both rows."""
    sheet.insert_rows(1)
    sheet["B1"] = "基本信息"
    sheet.merge_cells(start_row=1, start_column=2, end_row=1, end_column=4)
    sheet["A1"] = sheet["A2"].value
    sheet["A2"] = None
    sheet.merge_cells("A1:A2")


def with_title(sheet):
    """A title over the whole width."""
    sheet.insert_rows(1)
    sheet["A1"] = "广饶县企业一览"
    sheet.merge_cells("A1:J1")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [with_groups, with_title])
def test_heads_that_are_merged_over_two_rows_or_stand_under_a_title_are_found(change, people, tmp_path):
    job = taken(sent_in(people.county, merged(workbook(facts(1)), tmp_path, change)))

    assert (job.state, job.result["new"], job.result["wrong"]) == ("checked", 1, 0)


@pytest.mark.django_db
def test_a_formula_in_a_workbook_of_several_sheets_is_refused_in_its_cell(people, tmp_path):
    job = tried(people.county, enterprises=[company(1)])

    def change(sheet):
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(2, heads.index(HEADS["name"]) + 1).value = '=CONCAT("甲","乙")'

    with open(job.source.path, "rb") as file:
        content = merged(file.read(), tmp_path, change)

    assert taken(sent(people.county, content)).result["errors"][0][1] == HEADS["name"]


@pytest.mark.django_db
def test_a_file_in_which_everything_is_wrong_is_given_back_with_the_first_mistake(people, monkeypatch):
    monkeypatch.setattr(staging, "WRONG_LIMIT", 2)

    job = checked(people.county, *(facts(n, established_on="去年") for n in range(1, 5)))

    assert job.state == "failed"
    assert HEADS["established_on"] in job.message


@pytest.mark.django_db
def test_the_tables_of_all_sheets_go_when_the_import_is_over(people):
    job = tried(people.county, enterprises=[company(1)])
    assert len(staging.table_names(job.pk)) > 20

    put_in(job)

    assert staging.table_names(job.pk) == []


@pytest.mark.django_db
def test_an_import_of_one_sheet_can_leave_what_is_on_file(people, enterprise, sign_in):
    page = sign_in(people.county).get("/enterprises/import/").content.decode()
    assert all(f'value="{policy}"' in page for policy in ("update", "skip", "stop"))
    job = sent_in(people.county, workbook({"uscc": enterprise.uscc, "employees": 77}, facts(1)))
    type(job).objects.filter(pk=job.pk).update(params={**job.params, "found": "skip"})

    job = put_in(taken(job))

    assert sums(job) == (1, 0, 1, 0)
    enterprise.refresh_from_db()
    assert enterprise.employees != 77


def test_a_day_is_a_day_in_every_piece(tmp_path, monkeypatch):
    path = saved(tmp_path, ROWS)
    monkeypatch.setattr(pieces, "PIECE_SIZE", 900)

    days = {type(cells[2]) for cells in list(reading.open_table(path, 1).rows())[1:]}

    assert days <= {date, datetime}
