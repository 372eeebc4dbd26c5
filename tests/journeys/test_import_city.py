"""A whole city goes in as one workbook: a row of unknown code is settled side by side, then all sheets are written."""

import pytest
from playwright.sync_api import expect

from enterprises.models import Drill, Enterprise
from tests.factories.books import book, company
from tests.factories.enterprises import make_enterprise
from tests.factories.imports import facts
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_city_is_checked_settled_and_written(visit, people, clock, tmp_path):
    filed = make_enterprise("370523101", name="山东砚池机械有限公司", uscc=facts(50)["uscc"])
    code = facts(2)["uscc"]
    rows = {
        "import": [
            company(1),
            company(2, name=filed.name, region="370523101"),
            company(3, contact_phone="1"),
        ],
        "drills": [{"enterprise": code, "topic": "灭火演练", "held_on": "2026-01-05"}],
    }
    path = tmp_path / "全市.xlsx"
    path.write_bytes(book(rows, more=("封面",)))
    page = visit(people.county, path="/enterprises/import/city/")
    page.set_input_files("input[name=file]", path)
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_url("**/lists/imports/*/")
    clock.work()

    expect(page.locator("main")).to_contain_text("封面")
    assert page.locator(".sw-figures b").all_inner_texts() == ["1", "0", "0", "3"]
    page.click("a[href$='/suggestions/']")
    row = page.locator("section table tbody tr").filter(has_text=filed.uscc)
    row.get_by_role("button", name=words("The same")).click()
    expect(page.locator("section header").first).to_contain_text(words("The same"))
    page.goto(page.url.partition("suggestions/")[0])
    page.click("form[action$='/check/'] button")
    clock.work()
    expect(page.locator(".sw-figures b").first).to_have_text("2")
    page.click("form[action$='/apply/'] button")
    clock.work()

    expect(page.locator("main h2").first).to_have_text(words("Written"))
    assert Drill.objects.get().enterprise == filed
    assert Enterprise.objects.filter(name=filed.name).count() == 1
