"""Opening what somebody sent: workbooks, texts in two encodings, and things that only look like them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from listings.importing import formulas, reading


def saved(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


def book(tmp_path, cells, name="a.xlsx"):
    work = Workbook()
    for place, value in cells.items():
        work.active[place] = value
    path = tmp_path / name
    work.save(path)
    return str(path)


def test_rows_are_counted_from_the_first_of_the_sheet_even_if_it_is_empty(tmp_path):
    table = reading.open_table(book(tmp_path, {"B3": "代码", "C3": "名称", "B5": "1"}))
    assert list(table.rows()) == [["", ""], ["", ""], ["代码", "名称"], ["", ""], ["1", ""]]
    assert table.total == 5


def test_the_rows_can_be_read_twice(tmp_path):
    table = reading.open_table(book(tmp_path, {"A1": "代码", "A2": 1}))
    assert list(table.rows()) == list(table.rows())


def test_cells_with_formulas_are_found_where_the_row_has_them(tmp_path):
    path = book(tmp_path, {"B1": "代码", "C1": "名称", "B2": "1", "C2": "=1+1", "D3": "=A1", "B3": "=B2"})
    assert reading.open_table(path).formulas() == {2: {1}, 3: {0, 2}}


def test_a_formula_across_two_pieces_is_found(monkeypatch):
    text = b'<row r="2"><c r="A2"><v>1</v></c><c r="AB2" s="1"><f>1+1</f></c></row>'
    for size in range(1, len(text)):
        monkeypatch.setattr(formulas, "PIECE", size)
        assert formulas.of_file(BytesIO(text)) == {2: {27}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_is_read_in_the_encodings_that_offices_use(tmp_path, encoding):
    path = saved(tmp_path, "a.csv", '代码,名称\n1,"大王,镇"\n'.encode(encoding))
    assert list(reading.open_table(path).rows()) == [["代码", "名称"], ["1", "大王,镇"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"MZ\x90\x00 a program"),
        ("a.csv", b"\x00\x01\x02\x03"),
        ("a.xlsx", b"PK\x03\x04 but no archive"),
        ("a.csv", b"\xff\xff\xff,\x80\x81"),
        ("a.xlsx", b""),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, name, content):
    with pytest.raises(ValidationError):
        reading.open_table(saved(tmp_path, name, content))


def test_an_archive_that_unpacks_to_more_than_the_memory_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "UNPACKED_LIMIT", 1000)
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5000)
    with pytest.raises(ValidationError):
        reading.open_table(str(path))


def test_a_file_with_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "ROW_LIMIT", 2)
    with pytest.raises(ValidationError):
        reading.open_table(saved(tmp_path, "a.csv", b"a\n1\n2\n"))
