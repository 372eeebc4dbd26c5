"""A photo taken on site is not lost: not by a slip of the pen, a reload, a dead spot, or a browser without scripts."""

import pytest
from playwright.sync_api import Page, expect

from attachments.models import Attachment
from attachments.services import of
from hazards.models import Hazard
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
URL = "/hazards/report/"
KEPT = "input[type=hidden][name=photos_kept]"


def give(page: Page, folder, *names: str) -> None:
    # Each its own picture: the same one twice is kept once, under the name that came first.
    looks = zip(names, ("grey", "white"), strict=False)
    page.set_input_files(
        "input[name=photos]", [take_photo(folder, f"{name}.jpg", look) for name, look in looks]
    )


def send(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.click("button[form=report]")


def names() -> list[str]:
    return [file.original_name for file in of(Hazard.objects.get(), "before")]


def test_a_photo_is_sent_ahead_and_outlives_a_reload(visit, people, tmp_path):
    page = visit(people.enterprise, PHONE, URL)
    give(page, tmp_path, "before")
    expect(page.locator(KEPT)).to_have_count(1)
    page.fill("[name=description]", "灰斗法兰处积尘")
    page.reload()
    expect(page.locator(".sw-shot img")).to_have_count(1)
    expect(page.locator("[name=description]")).to_have_value("灰斗法兰处积尘")
    send(page, place="砂光车间")
    page.wait_for_url("**/hazards/*/")
    assert names() == ["before.jpg"]


def test_a_photo_taken_in_a_dead_spot_waits_on_the_phone_and_goes_out_later(visit, people, tmp_path):
    page = visit(people.enterprise, PHONE, URL)
    page.context.set_offline(True)
    give(page, tmp_path, "dead-spot")
    expect(page.locator(".sw-shot-says")).not_to_be_empty()
    send(page, place="砂光车间", description="灰斗法兰处积尘")
    assert not Attachment.objects.exists()
    # The page is closed and opened again: all is still there, and the photo goes out by itself.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(URL)
    expect(page.locator(KEPT)).to_have_count(1)
    send(page)
    page.wait_for_url("**/hazards/*/")
    assert names() == ["dead-spot.jpg"]
    assert Attachment.objects.get().device_time is not None


def test_a_photo_taken_back_is_not_sent(visit, people, tmp_path):
    page = visit(people.enterprise, PHONE, URL)
    give(page, tmp_path, "good", "blurred")
    expect(page.locator(KEPT)).to_have_count(2)
    page.locator(".sw-shot button:not(.sw-shot-again)").last.click()
    send(page, place="砂光车间", description="灰斗法兰处积尘")
    page.wait_for_url("**/hazards/*/")
    assert names() == ["good.jpg"]


def test_without_scripts_a_form_with_an_error_shows_its_photos_and_a_box_to_leave_them_out(
    visit, people, tmp_path
):
    page = visit(people.enterprise, PHONE, URL, scripts=False)
    give(page, tmp_path, "good", "blurred")
    send(page, description="灰斗法兰处积尘")
    expect(page.locator(".sw-shot img")).to_have_count(2)
    page.locator("[name=photos_drop]").last.check()
    send(page, place="砂光车间")
    page.wait_for_url("**/hazards/*/")
    assert names() == ["good.jpg"]
