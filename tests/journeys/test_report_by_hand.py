"""A report with one thumb: a tapped place, a spoken sentence, and the way on to closing."""

import pytest
from playwright.sync_api import Page, expect

from hazards.models import Hazard
from tests.factories.hazards import reported
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
URL = "/hazards/report/"
PLACE, PROBLEM = "[name=place]", "[name=description]"
# A browser that hears one sentence, and notes in which language it listened.
HEARS = """window.webkitSpeechRecognition = window.SpeechRecognition = class {
  start() {
    document.documentElement.dataset.heard = this.lang;
    this.onresult({ results: [[{ transcript: "灰斗法兰处积尘" }]] });
    this.onend();
  }
}"""
IS_DEAF = "delete window.webkitSpeechRecognition; delete window.SpeechRecognition;"


def with_ears(page: Page, script: str) -> None:
    page.context.add_init_script(script)
    page.goto(URL)


def test_a_known_place_is_tapped_and_the_report_leads_on_to_closing(visit, people, enterprise, tmp_path):
    reported(enterprise, people.enterprise, place="砂光车间")
    page = visit(people.enterprise, PHONE, URL)
    expect(page.locator(PLACE)).to_be_hidden()
    page.set_input_files("input[name=photos]", take_photo(tmp_path, "before.jpg", "grey"))
    page.check("[name=place_pick][value=砂光车间]")
    page.fill(PROBLEM, "灭火器压力不足")
    page.check("[name=fix][value=now]")
    page.click("button[form=report]")
    page.wait_for_url("**/close_by_enterprise/")
    assert Hazard.objects.order_by("pk").last().place == "砂光车间"


def test_another_place_is_typed_after_one_tap(visit, people, enterprise):
    reported(enterprise, people.enterprise, place="砂光车间")
    page = visit(people.enterprise, PHONE, URL)
    page.check("[name=place_pick][value=砂光车间]")
    page.click("[data-other]")
    expect(page.locator(PLACE)).to_be_focused()
    expect(page.locator(PLACE)).to_have_value("")
    expect(page.locator("[name=place_pick]:checked")).to_have_count(0)


def test_a_spoken_sentence_is_written_down(visit, people):
    page = visit(people.enterprise, PHONE, URL)
    with_ears(page, HEARS)
    page.click("[data-dictate]")
    expect(page.locator(PROBLEM)).to_have_value("灰斗法兰处积尘")
    expect(page.locator("html")).to_have_attribute("data-heard", "zh-CN")


def test_nothing_speaks_of_speaking_where_the_browser_cannot_listen(visit, people):
    page = visit(people.enterprise, PHONE, URL)
    with_ears(page, IS_DEAF)
    expect(page.locator("[data-dictate]")).to_be_hidden()
    expect(page.locator("[data-dictation]")).to_be_hidden()
