"""A workbook of enterprises goes in: template down, wrong rows shown before anything is written, and sent back mended."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from enterprises.importing import ENTERPRISES
from enterprises.models import Enterprise
from tests.factories.imports import HEADS, facts
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)
WRONG_CODE = {"uscc": "91370523MA0000000X"}
NOWHERE = {"region": "999999999999"}


def fetched(page: Page, selector: str, folder: Path) -> Path:
    """Press a link that sends a file down, and return where it was put."""
    with page.expect_download() as waited:
        page.click(selector)
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def fill_in(path: Path, *rows: dict) -> None:
    """Write rows into the template, under its own heads."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value.rstrip("*") for cell in sheet[1]]
    for row in rows:
        by_head = {HEADS[name]: value for name, value in row.items()}
        sheet.append([by_head.get(head) for head in heads])
    book.save(path)


def send_in(page: Page, path: Path, clock) -> None:
    """Send the file in, watch it wait, and have the worker check it; the page shows it without being asked."""
    page.set_input_files("input[name=file]", path)
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_url("**/lists/imports/*/")
    expect(page.locator("main")).to_contain_text(words("Reading and checking"))
    clock.work()
    expect(page.locator("main h2").first).to_contain_text(words("Checked; nothing is written yet"))


def figures(page: Page) -> list[str]:
    """Return new, changed, unchanged, wrong."""
    return page.locator(".sw-figures b").all_inner_texts()


def test_a_workbook_is_tried_mended_and_written(visit, people, enterprise, other_enterprise, clock, tmp_path):
    before = Enterprise.objects.count()
    page = visit(people.county, path="/enterprises/import/")
    file = fetched(page, "a[href$='?template=1']", tmp_path)
    heads = [cell.value.rstrip("*") for cell in load_workbook(file).worksheets[0][1]]
    assert heads == [column.head for column in ENTERPRISES.columns]

    moved = {"uscc": enterprise.uscc, "production_address": "大王镇新园路1号"}
    fill_in(file, facts(1), facts(2, **WRONG_CODE), moved, facts(3, **NOWHERE), facts(4))
    send_in(page, file, clock)

    # What it would do stands there; nothing has been done.
    assert figures(page) == ["2", "1", "0", "2"]
    wrong = page.locator("main table tbody tr")
    expect(wrong.filter(has_text=WRONG_CODE["uscc"]).locator("td").first).to_have_text("3")
    expect(wrong.filter(has_text=NOWHERE["region"]).locator("td").first).to_have_text("5")
    assert Enterprise.objects.count() == before

    page.click("form[action$='/apply/'] button")
    expect(page.locator("main")).to_contain_text(words("Writing"))
    clock.work()
    expect(page.locator("main h2").first).to_have_text(words("Written"))
    assert Enterprise.objects.count() == before + 2
    enterprise.refresh_from_db()
    assert enterprise.production_address == "大王镇新园路1号"

    # The wrong rows come back with their reasons, and go in again once they are mended.
    back = fetched(page, "a[href*='/file/']", tmp_path)
    mend(back)
    page.goto("/enterprises/import/")
    send_in(page, back, clock)
    assert figures(page) == ["2", "0", "0", "0"]
    page.click("form[action$='/apply/'] button")
    clock.work()
    expect(page.locator("main h2").first).to_have_text(words("Written"))
    page.goto("/enterprises/?q=听松机械")
    expect(page.locator("#results tbody tr")).to_have_count(4)


def mend(path: Path) -> None:
    """Correct the two rows in the workbook of wrong rows, as a clerk would."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 3
    for row, (name, right) in enumerate([("uscc", facts(2)["uscc"]), ("region", facts(3)["region"])], 2):
        assert any(isinstance(cell.value, str) and HEADS[name] in cell.value for cell in sheet[row][:2])
        column = next(i for i, head in enumerate(heads, 1) if head and head.rstrip("*") == HEADS[name])
        sheet.cell(row, column).value = right
    book.save(path)


def test_what_is_no_workbook_is_refused_with_a_sentence(visit, people, tmp_path):
    file = tmp_path / "企业.xlsx"
    file.write_bytes(b"MZ\x90\x00 a program in disguise")
    page = visit(people.county, path="/enterprises/import/")
    page.set_input_files("input[name=file]", file)
    page.click("main form button.btn-primary[type=submit]")

    expect(page.locator(".sw-field.has-error")).to_contain_text(
        words("The file is not what its name says. Save it again as .xlsx.")
    )
