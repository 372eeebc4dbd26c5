"""What goes wrong with forms in real life: a nervous finger, a colleague who was quicker, a slip of the pen."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from hazards import services
from hazards.models import Hazard
from lifecycle.models import StateChange
from tests.factories.hazards import make_photo, rectifying, reported
from tests.journeys.acts import choose
from tests.journeys.conftest import PHONE
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)
TWO_DAYS_AGO = """() => Object.keys(localStorage).forEach(key => {
  const draft = JSON.parse(localStorage.getItem(key));
  localStorage.setItem(key, JSON.stringify({...draft, at: draft.at - 2 * 864e5}));
})"""
BUTTON = "main form button.btn-primary[type=submit]"


def changes(hazard) -> list[str]:
    """Return what was done to the hazard, in its order."""
    return list(StateChange.objects.filter(target_id=hazard.pk).order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_reports_one_hazard(visit, people, scripts):
    page = visit(people.enterprise, PHONE, "/hazards/report/", scripts=scripts)
    page.fill("[name=place]", "砂光车间")
    page.fill("[name=description]", "灰斗法兰处积尘，厚约3毫米")
    page.dblclick("button[form=report]")
    page.wait_for_url(lambda url: "/hazards/report/" not in url)

    assert page.url.endswith(Hazard.objects.get().get_absolute_url())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_takes_a_step_once(visit, people, enterprise, scripts):
    hazard = reported(enterprise, people.enterprise)
    page = visit(people.town, path=f"/hazards/{hazard.pk}/accept_report/", scripts=scripts)
    page.dblclick(BUTTON)
    page.wait_for_url(f"**{hazard.get_absolute_url()}")

    assert changes(hazard) == ["report", "accept_report"]


def test_a_page_sent_twice_from_two_tabs_makes_one_hazard(visit, people):
    first = visit(people.enterprise, PHONE, "/hazards/report/")
    first.fill("[name=place]", "砂光车间")
    first.fill("[name=description]", "灰斗法兰处积尘，厚约3毫米")
    key = first.input_value("[name=key]", timeout=1000)
    first.click("button[form=report]")
    first.wait_for_url("**/hazards/*/")

    # Back on the sent form, as a browser brings it back, and sent once more.
    first.goto("/hazards/report/")
    first.click("[data-other]")
    first.fill("[name=place]", "砂光车间")
    first.fill("[name=description]", "灰斗法兰处积尘，厚约3毫米")
    first.locator("[name=key]").evaluate("(field, key) => { field.value = key }", key)
    first.click("button[form=report]")
    first.wait_for_url(lambda url: "/hazards/report/" not in url)

    assert first.url.endswith(Hazard.objects.get().get_absolute_url())


def test_a_stale_form_is_refused_by_name_and_goes_through_on_a_second_look(visit, people, enterprise, clock):
    hazard = reported(enterprise, people.enterprise)
    page = visit(people.town, path=f"/hazards/{hazard.pk}/accept_report/")
    page.fill("[name=deadline_on]", "2026-03-18")
    services.urge(hazard, note="请尽快受理", by=people.county, at=clock.at)
    page.click(BUTTON)

    refusal = page.locator(".sw-refused[role=alert]")
    expect(refusal).to_contain_text(people.county.name)
    expect(refusal).to_contain_text(words("Look at it again, then decide."))
    expect(page.locator("[name=deadline_on]")).to_have_value("2026-03-18")
    assert changes(hazard) == ["report", "urge"]

    page.click(BUTTON)
    page.wait_for_url(f"**{hazard.get_absolute_url()}")
    hazard.refresh_from_db()
    assert (hazard.state, hazard.deadline_on) == ("rectifying", date(2026, 3, 18))


def test_what_a_colleague_decided_meanwhile_stands(visit, people, enterprise, clock):
    hazard = rectifying(people, enterprise)
    photo = make_photo(people.enterprise, purpose="after")
    services.submit_rectification(hazard, text="已清扫", photos=[photo], by=people.enterprise, at=clock.at)
    page = visit(people.officer, path=f"/hazards/{hazard.pk}/return_for_work/")
    page.fill("[name=reason]", "照片看不清法兰，请补拍")
    hazard.refresh_from_db()
    services.accept_repair(hazard, note="已到现场", by=people.second_officer, at=clock.at)
    page.click(BUTTON)

    expect(page.locator(".sw-refused[role=alert]")).to_contain_text(people.second_officer.name)
    expect(page.locator("[name=reason]")).to_have_value("照片看不清法兰，请补拍")
    hazard.refresh_from_db()
    assert (hazard.state, hazard.rejected_count) == ("closed", 0)

    # The same step by two officers is one step, and the second is told whose it was.
    later = visit(people.town, path=hazard.get_absolute_url())
    expect(later.locator("main")).to_contain_text(people.second_officer.name)


def test_two_officers_accept_at_once_and_the_second_is_told_whose_it_was(visit, people, enterprise):
    hazard = reported(enterprise, people.enterprise)
    path = f"/hazards/{hazard.pk}/accept_report/"
    first, second = visit(people.officer, path=path), visit(people.second_officer, path=path)
    for page in (first, second):
        page.click(BUTTON)
        page.wait_for_url(f"**{hazard.get_absolute_url()}")

    expect(second.locator(".sw-said")).to_contain_text(people.officer.name)
    assert changes(hazard) == ["report", "accept_report"]


def test_a_wrong_field_says_so_beside_it_and_keeps_all_that_was_typed(visit, people, enterprise):
    page = visit(people.town, path="/hazards/report/")
    choose(page, enterprise.name[2:4], enterprise.pk)
    page.select_option("[name=source]", "complaint")
    page.fill("[name=description]", "灰斗法兰处积尘<b>🔥</b>")
    page.fill("[name=place]", "砂光车间")
    page.fill("[name=measures]", "清灰\n改为每班清扫")
    page.fill("[name=deadline_on]", "2020-01-01")
    page.fill("[name=funds]", "-5")
    page.click(BUTTON)

    wrong = page.locator(".sw-field.has-error")
    expect(wrong).to_have_count(2)
    expect(page.locator("[data-summary]")).to_be_focused()
    past = words("The deadline lies in the past; choose today or a later day.")
    expect(page.locator(".sw-field", has=page.locator("[name=deadline_on]"))).to_contain_text(past)
    expect(page.locator("[name=deadline_on]")).to_have_attribute("aria-invalid", "true")
    kept = {
        name: page.input_value(f"[name={name}]")
        for name in ("source", "description", "place", "measures", "funds")
    }
    assert kept == {
        "source": "complaint",
        "description": "灰斗法兰处积尘<b>🔥</b>",
        "place": "砂光车间",
        "measures": "清灰\n改为每班清扫",
        "funds": "-5",
    }
    expect(page.locator(".ts-control")).to_contain_text(enterprise.name)
    assert not Hazard.objects.exists()

    page.fill("[name=deadline_on]", "2026-12-01")
    page.fill("[name=funds]", "500")
    page.click(BUTTON)
    page.wait_for_url(lambda url: "/report/" not in url)
    assert Hazard.objects.get().description == "灰斗法兰处积尘<b>🔥</b>"


def test_a_page_closed_by_mistake_comes_back_with_its_draft(visit, people):
    page = visit(people.enterprise, PHONE, "/hazards/report/")
    page.fill("[name=description]", "灰斗法兰处积尘")
    page.locator("[name=description]").press_sequentially("，厚约3毫米")
    wait_for_draft(page, "厚约3毫米")
    page.reload()

    expect(page.locator("[name=description]")).to_have_value("灰斗法兰处积尘，厚约3毫米")


def test_a_draft_of_another_day_says_of_which(visit, people):
    page = visit(people.enterprise, PHONE, "/hazards/report/")
    page.fill("[name=description]", "灰斗法兰处积尘")
    wait_for_draft(page, "灰斗法兰处积尘")
    page.evaluate(TWO_DAYS_AGO)
    page.reload()

    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"\d+月\d+日"))
    expect(page.locator("[name=description]")).to_have_value("灰斗法兰处积尘")


def test_the_form_of_a_step_keeps_its_draft_also_where_htmx_brings_it(visit, people, enterprise):
    hazard = rectifying(people, enterprise)
    path, text = (
        f"/hazards/{hazard.pk}/submit_rectification/",
        "form[data-draft=submit_rectification] [name=text]",
    )
    page = visit(people.enterprise, path=hazard.get_absolute_url())
    page.evaluate("path => htmx.ajax('GET', path, {target: 'body', swap: 'beforeend'})", path)
    page.fill(text, "已清扫，法兰重做密封")
    wait_for_draft(page, "法兰重做密封")
    page.goto(path)

    expect(page.locator(text)).to_have_value("已清扫，法兰重做密封")


def wait_for_draft(page: Page, text: str) -> None:
    """Wait until the device has kept the words, or has had ten seconds to."""
    for _tenth in range(100):
        if text in page.evaluate("() => JSON.stringify(localStorage)"):
            return
        page.wait_for_timeout(100)
