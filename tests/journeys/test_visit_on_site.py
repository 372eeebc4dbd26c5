"""An inspection on a phone from its beginning to its record: taps, a hazard, no signal, facts, signatures, the end."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from hazards.models import Hazard
from inspections.models import Answer, Visit
from paperwork.models import IssuedDocument
from tests.factories.inspections import make_edition, patrolled, planned
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo

pytestmark = pytest.mark.django_db(transaction=True)


def at(visit: Visit, name: str) -> str:
    return reverse(f"inspections:{name}", args=[visit.pk])


def tap(page: Page, item: int, result: str) -> None:
    page.click(f"#item-{item} button[value='{item}:{result}']")


def draw(page: Page, place: int) -> None:
    """Draw a signature in the field of one person and press its button."""
    form = page.locator("form[data-sign]").nth(place)
    field = form.locator("canvas")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 80)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 22, box["y"] + (30 if step % 2 else 85))
    page.mouse.up()
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def begin_here(page, row):
    """Begin the visit where the phone is."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 37.05, "longitude": 118.4, "accuracy": 12})
    page.goto(at(row, "start_visit"))
    page.wait_for_function("document.querySelector('[name=latitude]').value")
    page.click("button[form=start]")
    page.wait_for_url(f"**{at(row, 'check')}")


def answer_without_signal(page, item):
    """Answer where there is no network; the answer goes up when there is one."""
    page.context.set_offline(True)
    tap(page, item, "na")
    expect(page.locator(f"#item-{item}[data-waiting]")).to_be_visible()
    assert not Answer.objects.filter(item=item).exists()
    page.context.set_offline(False)
    expect(page.locator(f"#item-{item}:not([data-waiting])")).to_be_visible()
    assert Answer.objects.get(item=item).result == "na"


def do_what_is_lacking_and_finish(page, row):
    """Follow what the last page says is lacking: facts, signatures, the outcome."""
    page.goto(at(row, "finish_visit"))
    page.click(f".sw-todo a[href='{at(row, 'confirm_visit_facts')}']")
    page.click("[data-tick-all]")
    page.click("button[form=facts]")
    page.wait_for_url("**/check/")
    page.goto(at(row, "sign"))
    for place in range(3):
        draw(page, place)
    page.goto(at(row, "finish_visit"))
    page.check("[name=outcome][value=found]")
    page.click("button[form=finish]")
    page.wait_for_url(f"**{row.get_absolute_url()}")


def test_an_inspection_is_carried_out_on_a_phone(visit, people, enterprise, clock, tmp_path):
    edition = make_edition(3)
    row = planned(people, enterprise, edition)
    first, second, third = edition.lines.values_list("item_id", flat=True)
    page = visit(people.officer, PHONE)
    begin_here(page, row)
    page.goto(at(row, "check"))

    # Taps are kept at once and counted on the page.
    tap(page, first, "pass")
    expect(page.locator("[data-answered]")).to_have_text("1")
    tap(page, third, "fail")
    expect(page.locator("[data-lacking]")).to_have_text("1")
    assert Answer.objects.count() == 2

    # Without signal an answer waits on the phone, and goes up by itself.
    answer_without_signal(page, second)

    # What is not met becomes a hazard.
    page.click(f"#item-{third} a.sw-strong")
    page.set_input_files("input[name=photos]", take_photo(tmp_path, "before.jpg", "grey"))
    page.fill("[name=place]", "砂光车间")
    page.click("button[form=hazard]")
    page.wait_for_url("**/check/**")
    assert Hazard.objects.get().finding.item_id == third

    # The end says what is lacking, and leads there.
    do_what_is_lacking_and_finish(page, row)
    row.refresh_from_db()
    assert (row.state, row.outcome, row.hazard_count, row.is_backfilled) == ("finished", "found", 1, False)
    assert row.signatures.count() == 3
    expect(page.locator(".sw-signed img")).to_have_count(3)

    # Now, and not before, the enterprise reads it with its record.
    clock.work()
    page = visit(people.enterprise, path=row.get_absolute_url())
    expect(page.locator("main")).to_contain_text(IssuedDocument.objects.get(kind="inspections.record").number)


def test_without_scripts_a_patrol_is_carried_out_all_the_same(visit, people, enterprise, clock):
    edition = make_edition(1)
    row = patrolled(people, enterprise, editions=[edition])
    item = edition.lines.get().item_id
    page = visit(people.grid, PHONE, at(row, "check"), scripts=False)
    page.click(f"#item-{item} button[value='{item}:pass']")
    expect(page.locator(f"#item-{item} button[aria-pressed=true]")).to_have_count(1)
    page.goto(at(row, "finish_visit"))
    page.check("[name=outcome][value=nothing]")
    page.click("button[form=finish]")
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("finished", "nothing")
