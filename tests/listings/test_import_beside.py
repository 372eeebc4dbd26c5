"""A large sheet is read by a second process: once, whoever asks how often; and what goes wrong there is said here."""

import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from listings.importing import beside, pieces, reading
from tests.listings.test_import_large import ROWS, saved

PART = "xl/worksheets/sheet2.xml"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch) -> None:
    """Many pieces of a small file."""
    monkeypatch.setattr(pieces, "PIECE_SIZE", 900)


@pytest.fixture
def sheet(tmp_path):
    """A sheet that is being read."""
    found = beside.SheetBeside(saved(tmp_path, ROWS), PART)
    yield found
    found.close()


def test_the_rows_come_as_often_as_they_are_asked_for(sheet):
    first = list(sheet.rows())
    assert len(first) == len(ROWS)
    assert list(sheet.rows()) == first


def test_the_sheet_is_read_once(sheet):
    first = list(sheet.rows())
    assert sheet.reader.wait() == 0
    assert sheet.reader.stdout.read() == b""
    assert list(sheet.rows()) == first


def test_who_looked_at_the_heads_alone_gets_all_rows_afterwards(sheet):
    heads = next(sheet.rows())
    assert list(sheet.rows())[0] == heads
    assert len(list(sheet.rows())) == len(ROWS)


def test_a_killed_reader_is_no_end_of_the_file(sheet):
    sheet.reader.kill()
    sheet.reader.wait()
    with pytest.raises(EOFError):
        list(sheet.rows())


def test_what_the_reader_cannot_read_is_raised_here(tmp_path):
    broken = beside.SheetBeside(saved(tmp_path, ROWS), "xl/worksheets/sheet9.xml")
    with pytest.raises(ValueError, match="sheet9"):
        list(broken.rows())
    broken.close()


def test_nothing_is_left_of_a_sheet_that_is_closed(sheet):
    sheet.close()
    assert sheet.reader.poll() is not None
    assert sheet.kept.closed


def test_a_large_sheet_stays_open_for_whoever_asks_again_and_a_small_one_does_not(tmp_path):
    tables = reading.Tables(saved(tmp_path, ROWS))
    with tables.opened(1) as large:
        pass
    with tables.opened(0) as small:
        pass
    with tables.opened(1) as again, tables.opened(0) as small_again:
        assert again is large
        assert small_again is not small
    tables.close()
    assert large.beside.kept.closed


def test_a_workbook_that_is_cut_off_is_refused_before_anything_is_begun(tmp_path):
    path = tmp_path / "half.xlsx"
    path.write_bytes(Path(saved(tmp_path, ROWS)).read_bytes()[:2000])
    with pytest.raises(ValidationError):
        reading.open_table(str(path), 1)


def test_the_sheets_of_the_file_are_where_the_tests_say(tmp_path):
    with zipfile.ZipFile(saved(tmp_path, ROWS)) as archive:
        assert pieces.sheet_parts(archive)[1] == PART
