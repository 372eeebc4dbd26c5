"""A safety officer checks the enterprise on a phone: item by item with a hazard on the way, or with one tap."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hazards.models import Hazard
from inspections.models import Answer, SelfCheckList, Visit
from tests.factories.self_checks import accepted, make_route, stop_of
from tests.journeys.conftest import PHONE
from tests.people import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]


@pytest.fixture
def own_list(people, enterprise) -> SelfCheckList:
    """The list in use, accepted ten days ago."""
    return accepted(people, enterprise, cycle_days=15, at=AT - timedelta(days=10))


def test_a_self_check_on_a_phone_finds_a_hazard_and_starts_the_next_clock(
    visit, people, enterprise, own_list, clock
):
    page = visit(people.enterprise, PHONE, reverse("inspections:self_check"))
    page.click("button[form=begin]")
    page.wait_for_url("**/check/")
    for answer in ("pass", "pass", "fail"):
        item = page.locator(".sw-item[data-result='']").first
        key = item.get_attribute("id")
        item.locator(f"button[value$=':{answer}']").click()
        expect(page.locator(f"#{key}")).to_have_attribute("data-result", answer)
    page.locator(".sw-item[data-lacks] a.sw-strong").click()
    page.fill("[name=place]", "砂光车间")
    page.fill("[name=description]", "消防通道堆放半成品")
    page.click("button[form=hazard]")
    page.wait_for_url("**/check/**")
    page.click(".sw-dock a.btn-primary")
    page.locator("label:has([name=outcome][value=found])").click()
    page.click("button[form=finish]")
    page.wait_for_url("**/visits/*/")

    row = SelfCheckList.objects.get(pk=own_list.pk)
    hazard = Hazard.objects.get()
    assert (hazard.source, hazard.finding.visit.self_check_list) == ("self_check", row)
    assert row.last_check_at is not None
    assert row.next_check_on == (AT + timedelta(days=15)).date()
    assert not Answer.objects.filter(at_once=True).exists()


def test_nothing_found_is_said_with_one_tap_that_is_kept_as_one(visit, people, own_list, clock):
    page = visit(people.enterprise, PHONE, reverse("inspections:self_check"))
    page.locator("details:has(#all-well) summary").click()
    page.check("#well_looked")
    page.click("#all-well button[type=submit]")
    page.wait_for_url("**/visits/*/")

    made = Visit.objects.get()
    assert (made.outcome, made.state) == ("nothing", "finished")
    assert made.answers.filter(at_once=True).count() == 3


def test_a_grid_worker_begins_the_patrol_that_is_due_on_a_phone(visit, people, enterprise, clock):
    stop = stop_of(make_route(people, at=AT - timedelta(days=120)), enterprise)
    page = visit(people.grid, PHONE, reverse("inspections:patrols_due"))
    page.click(f"a[href='{reverse('inspections:begin_patrol', args=[stop.pk])}']")
    page.click("button[form=begin]")
    page.wait_for_url("**/check/")
    page.click(".sw-dock a.btn-primary")
    page.locator("label:has([name=outcome][value=nothing])").click()
    page.click("button[form=finish]")
    page.wait_for_url("**/visits/*/")

    stop.refresh_from_db()
    assert stop.next_on == (AT + timedelta(days=90)).date()
