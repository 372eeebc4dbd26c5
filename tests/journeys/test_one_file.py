"""One enterprise, one file: a fact asked for, confirmed, moved, merged, found, by the pages and by whom it belongs to."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from enterprises.models import ChangeRequest, Enterprise, FactGroup, SourceUnit, Transfer
from enterprises.positions import ALONE
from tests.factories.enterprises import make_enterprise
from tests.factories.hazards import reported
from tests.factories.sources import FACTS, with_materials
from tests.journeys.acts import choose, hand_in, take
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo

pytestmark = pytest.mark.django_db(transaction=True)
NEW_NAME = "广饶砚池家居制造有限公司"


def fresh(enterprise) -> Enterprise:
    """Return the file as it stands now."""
    return Enterprise.objects.get(pk=enterprise.pk)


def test_a_key_fact_changes_when_the_town_has_seen_before_and_after(visit, people, enterprise, clock):
    safety = visit(people.enterprise, path=reverse("enterprises:edit", args=[enterprise.pk]))
    hand_in(safety, name=NEW_NAME, employees="77")
    safety.wait_for_url(lambda url: not url.endswith("/edit/"))
    assert (fresh(enterprise).name, fresh(enterprise).employees) == (enterprise.name, 77)

    clock.work()
    asked = ChangeRequest.objects.get()
    assert safety.url.endswith(asked.get_absolute_url())
    town = visit(people.town, path="/")
    town.click(f"main a[href='{asked.get_absolute_url()}']")
    town.wait_for_url(f"**{asked.get_absolute_url()}")
    expect(town.locator("main del")).to_have_text(enterprise.name)
    expect(town.locator("main td > strong")).to_have_text(NEW_NAME)
    take(town, "approve_change")

    safety.goto(enterprise.get_absolute_url())
    expect(safety.locator("h1")).to_have_text(NEW_NAME)


def test_a_block_is_confirmed_by_one_tap_on_the_phone(visit, people, enterprise, clock):
    page = visit(people.enterprise, PHONE, enterprise.get_absolute_url())
    block = page.locator("section[aria-labelledby='g-contact']")
    expect(block.locator(".sw-clock")).to_have_class("sw-clock is-late")
    block.locator("form[action$='/confirm/contact/'] button").click()
    page.wait_for_url("**#g-contact")

    expect(block.locator(".sw-fresh")).to_contain_text(people.enterprise.name)
    expect(block.locator(".sw-clock")).to_have_class("sw-clock")
    assert FactGroup.objects.get().by == people.enterprise


def test_two_files_of_one_enterprise_become_one_and_are_parted_again(visit, people, enterprise, clock):
    double = make_enterprise(name="广饶砚池木业公司", former_name="大王木业")
    hazard = reported(double, people.town, source="inspection")
    page = visit(people.county, path=reverse("enterprises:merge", args=[enterprise.pk]))
    page.fill("main [name=q]", "砚池木业")
    page.click("main form[method=get] button")
    page.click(f"main a[href='?with={double.pk}']")
    page.check("[name=take][value=name]")
    page.fill("main [name=reason]", "同一厂区，两次登记")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_url(f"**{enterprise.get_absolute_url()}")
    expect(page.locator("h1")).to_have_text(double.name)
    hazard.refresh_from_db()
    assert hazard.enterprise_id == enterprise.pk

    # Its old address leads here; then the two are two again, each with what was its own.
    page.goto(double.get_absolute_url())
    page.wait_for_url(f"**{enterprise.get_absolute_url()}")
    page.click("form[action^='/enterprises/merges/'] button")
    page.wait_for_url(f"**{double.get_absolute_url()}")
    expect(page.locator("h1")).to_have_text(double.name)
    hazard.refresh_from_db()
    assert (hazard.enterprise_id, fresh(enterprise).name) == (double.pk, enterprise.name)


def test_a_file_goes_to_the_district_that_takes_it_over(visit, people, enterprise, clock):
    county = visit(people.county, path=reverse("enterprises:ask_transfer", args=[enterprise.pk]))
    county.select_option("[name=to_region]", "370522")
    hand_in(county, reason="厂区搬迁到利津")
    county.wait_for_url(lambda url: "ask_transfer" not in url)
    clock.work()

    offer = Transfer.objects.get()
    elsewhere = visit(people.other_county, path="/")
    elsewhere.click(f"main a[href='{offer.get_absolute_url()}']")
    expect(elsewhere.locator("main")).to_contain_text("厂区搬迁到利津")
    elsewhere.click(".sw-verbs a[href$='/accept_transfer/']")
    elsewhere.select_option("[name=region]", "370522001001")
    hand_in(elsewhere)
    elsewhere.wait_for_url(lambda url: "accept_transfer" not in url)

    assert elsewhere.goto(enterprise.get_absolute_url()).status == 200
    assert county.goto(enterprise.get_absolute_url()).status == 404


def test_a_major_hazard_source_is_computed_submitted_and_put_on_file(
    visit, people, enterprise, clock, tmp_path
):
    safety = visit(people.enterprise, path=reverse("enterprises:source_new", args=[enterprise.pk]))
    safety.select_option("[name=kind]", FACTS["kind"])
    choose(safety, "7664-41-7", 1, within="#s-1")
    texts = {name: str(value) for name, value in FACTS.items() if name != "kind"}
    hand_in(safety, **texts, **{"substances-0-quantity": "12"})
    safety.wait_for_url(lambda url: "new" not in url)
    unit = SourceUnit.objects.get()
    assert (unit.grade, unit.state) == (4, "identified")
    expect(safety.locator(".sw-signs")).to_contain_text(unit.get_grade_display())

    safety.click(".sw-verbs a[href$='/assess_source/']")
    safety.set_input_files("input[name=report]", take_photo(tmp_path, "report.jpg", "white"))
    hand_in(safety, assessed_on="2026-03-05", agency="东营海岸安评")
    safety.wait_for_url(f"**{unit.get_absolute_url()}")
    unit.refresh_from_db()
    with_materials(unit, people.enterprise, at=clock.at)
    safety.reload()
    take(safety, "submit_source_filing")

    clock.work()
    county = visit(people.county, path="/")
    county.click(f"main a[href='{unit.get_absolute_url()}']")
    take(county, "file_source")
    expect(county.locator("main")).to_contain_text("BA370523〔2026〕001")
    unit.refresh_from_db()
    assert (unit.state, unit.filing_number) == ("filed", "BA370523〔2026〕001")


def test_a_cluster_on_the_map_opens_to_what_lies_in_it(visit, people, enterprise):
    for step in range(ALONE // 2 + 1):
        make_enterprise(longitude=Decimal(11840_000 + step) / 100_000, latitude=Decimal("37.05"))
        make_enterprise(longitude=Decimal(11860_000 + step) / 100_000, latitude=Decimal("37.15"))
    page = visit(people.county, path=reverse("enterprises:map"))
    expect(page.locator("#in-view")).to_contain_text(str(ALONE + 2))
    page.locator(".sw-map-cell").first.click()

    # The half that was clicked on, one by one.
    expect(page.locator("#in-view")).to_contain_text(str(ALONE // 2 + 1))
    expect(page.locator(".sw-map-point")).to_have_count(ALONE // 2 + 1)


def test_an_enterprise_is_found_by_a_part_of_its_telephone_number(visit, people, enterprise):
    make_enterprise(name="广饶远山木业有限公司", contact_phone="13905468888")
    page = visit(people.county)
    page.fill("form.sw-search input[name=q]", "5468888")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("广饶远山木业有限公司")
    expect(page.locator("main")).not_to_contain_text(enterprise.name)
