"""A county regulator's morning at the desk with the list: narrow it, keep it, act on rows, take it along."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from hazards import services
from inbox.models import Message
from lifecycle.models import StateChange
from listings import actions
from tests.factories.hazards import reported
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hazards(people, enterprise, at) -> dict[str, object]:
    """Five hazards, the later found the earlier in this list; one of them is over."""
    made = {}
    for days, name in enumerate(["new", "second", "third", "major", "set_aside"]):
        found = at - timedelta(days=10 * days + 1)
        grade = "major" if name == "major" else "general"
        made[name] = reported(
            enterprise,
            people.town,
            at=found,
            source="inspection",
            grade=grade,
            place=f"{name}车间",
            found_at=found,
        )
    services.mark_not_hazard(made["set_aside"], reason="重复上报", by=people.town, at=at)
    return made


def asked(page: Page) -> dict[str, list[str]]:
    """Return the conditions in the address."""
    return parse_qs(urlsplit(page.url).query)


def menu(page: Page, mark: str):
    """Open the menu over the list that carries this mark, and return it."""
    found = page.locator(".sw-filter details.sw-menu", has=page.locator(f"summary{mark}"))
    found.locator("summary").click()
    return found


def shown(page: Page, hazards) -> list[str]:
    """Return the names of the hazards on the page, from the top."""
    names = {f"/hazards/{hazard.pk}/": name for name, hazard in hazards.items()}
    links = page.locator("#results tbody .sw-what a").all()
    return [names[link.get_attribute("href")] for link in links]


def heads(page: Page) -> list[str]:
    return page.locator("#results thead th:not(.sw-check)").all_inner_texts()


def test_conditions_become_chips_and_a_chip_taken_off_is_a_condition_less(visit, people, hazards):
    page = visit(people.county, path="/hazards/")
    expect(page.locator("#results tbody tr")).to_have_count(5)

    form = menu(page, ".sw-chip-add")
    form.locator("select[name=grade]").select_option("general")
    form.locator("select[name=listed]").select_option("false")
    form.locator("button[type=submit]").click()
    expect(page.locator(".sw-chip em")).to_have_text([words("Grade"), words("Listed for supervision")])
    expect(page.locator("#results tbody tr")).to_have_count(4)
    assert "major" not in shown(page, hazards)

    page.locator(".sw-chip", has_text=words("Grade")).locator("a").click()
    expect(page.locator(".sw-chip em")).to_have_text([words("Listed for supervision")])
    assert "grade" not in asked(page)
    assert "major" in shown(page, hazards)


def test_a_filter_is_kept_under_a_name_and_opened_again(visit, people, hazards):
    page = visit(people.county, path="/hazards/?grade=major&sort=found_at")
    form = menu(page, ":has(.ti-bookmark)")
    form.locator("[name=name]").fill("我盯的重大隐患")
    form.locator("button[type=submit]").click()

    other_day = visit(people.county, path="/hazards/")
    tab = other_day.locator(".sw-tabs a", has_text="我盯的重大隐患")
    expect(tab.locator("span")).to_have_text("1")
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")
    expect(other_day.locator(".sw-chip em")).to_have_text([words("Grade")])
    assert asked(other_day) == {"grade": ["major"], "sort": ["found_at"]}
    assert shown(other_day, hazards) == ["major"]

    # It is the person's own: a colleague does not see it.
    colleague = visit(people.officer, path="/hazards/")
    expect(colleague.locator(".sw-tabs a", has_text="我盯的重大隐患")).to_have_count(0)


def test_chosen_columns_are_kept(visit, people, hazards):
    page = visit(people.county, path="/hazards/")
    assert words("Place") not in heads(page)

    form = menu(page, ":has(.ti-columns)")
    form.locator("[name=col][value=source]").uncheck()
    form.locator("[name=col][value=place]").check()
    form.locator("button.btn-primary").click()
    expect(page.locator("#results thead")).to_contain_text(words("Place"))

    other_day = visit(people.county, path="/hazards/")
    assert words("Place") in heads(other_day)
    assert words("Found by") not in heads(other_day)
    expect(other_day.locator("#results tbody")).to_contain_text("third车间")


def test_rows_are_sorted_by_days_waiting(visit, people, hazards):
    page = visit(people.county, path="/hazards/?open=true")
    assert shown(page, hazards) == ["new", "second", "third", "major"]

    for direction, expected in (
        ("descending", ["major", "third", "second", "new"]),
        ("ascending", ["new", "second", "third", "major"]),
        ("descending", ["major", "third", "second", "new"]),
    ):
        head = page.locator("#results thead th", has_text=words("Days waiting"))
        head.locator("a").click()
        expect(head).to_have_attribute("aria-sort", direction)
        assert shown(page, hazards) == expected
    assert asked(page) == {"open": ["true"], "sort": ["found_at"]}


def test_ticked_rows_are_urged_and_a_skipped_one_says_why(visit, people, hazards, clock):
    page = visit(people.county, path="/hazards/")
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    for name in ("new", "third", "set_aside"):
        page.locator(f"#results [name=id][value='{hazards[name].pk}']").check()
    # The reason stands there before anything is pressed.
    expect(bar.locator("small")).to_contain_text(words("Not a hazard"))
    expect(bar.locator("button[name=verb]")).to_have_text(f"{words('Urge')} 2")

    bar.locator("button[name=verb]").click()
    skipped = page.locator("main li", has=page.locator(f"a[href='/hazards/{hazards['set_aside'].pk}/']"))
    why = words("%(state)s: nothing is owed any more") % {"state": words("Not a hazard")}
    expect(skipped).to_contain_text(why)
    assert not StateChange.objects.filter(verb="urge").exists()

    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_have_text(words("%(verb)s: %(n)s done") % {"verb": words("Urge"), "n": 2})
    expect(skipped).to_contain_text(words("Not a hazard"))
    urged = {hazards["new"].pk, hazards["third"].pk}
    assert set(StateChange.objects.filter(verb="urge").values_list("target_id", flat=True)) == urged
    Message.objects.all().delete()
    clock.work()
    told = Message.objects.filter(user=people.enterprise, code__endswith="urged")
    assert set(told.values_list("url", flat=True)) == {f"/hazards/{pk}/" for pk in urged}


def test_the_workbook_holds_exactly_the_rows_shown(visit, people, hazards, clock, tmp_path, monkeypatch):
    # Few rows are written at once; here as if they were many, by the worker.
    monkeypatch.setattr(actions, "EXPORT_AT_ONCE", 2)
    page = visit(people.county, path="/hazards/?open=true&sort=found_at&cols=number,description,waiting")
    on_screen = [
        row.locator("td:not(.sw-check), th").all_inner_texts()
        for row in page.locator("#results tbody tr").all()
    ]

    menu(page, ":has(.ti-download)").locator("a", has_text=".xlsx").click()
    page.wait_for_url("**/lists/jobs/*/")
    expect(page.locator("progress, [role=progressbar]").first).to_be_visible()
    clock.work()
    # The page finds out by itself that the work is done.
    with page.expect_download() as waited:
        page.locator("main a.btn-primary").click()
    waited.value.save_as(tmp_path / "list.xlsx")

    assert waited.value.suggested_filename.endswith(".xlsx")
    sheet = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(on_screen) == 4
    assert rows == [[words(head) for head in ("Hazard number", "Problem", "Days waiting")], *on_screen]


def test_few_rows_come_down_at_once(visit, people, hazards, tmp_path):
    page = visit(people.county, path="/hazards/?grade=major")
    with page.expect_download() as waited:
        menu(page, ":has(.ti-download)").locator("a", has_text=".xlsx").click()
    waited.value.save_as(tmp_path / "list.xlsx")

    sheet = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    (row,) = sheet.iter_rows(min_row=2, values_only=True)
    assert hazards["major"].number in row
