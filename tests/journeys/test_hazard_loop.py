"""The whole loop as the people live it: reported on a phone, accepted, overdue, climbed, rectified, verified, closed."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.models import User
from attachments.models import Attachment
from hazards.models import Hazard
from inbox.models import Delivery
from paperwork.models import IssuedDocument
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "灰斗法兰处积尘，厚约3毫米"


def report_on_phone(visit, people, tmp_path) -> Hazard:
    page = visit(people.enterprise, PHONE, "/hazards/report/", by_form=True)
    page.set_input_files("input[name=photos]", take_photo(tmp_path, "before.jpg", "grey"))
    page.fill("[name=place]", "砂光车间")
    page.fill("[name=description]", PROBLEM)
    page.click("button[form=report]")
    page.wait_for_url("**/hazards/*/")
    expect(page.locator("h1")).to_contain_text(PROBLEM)
    return Hazard.objects.get()


def accept(visit, people, hazard, until: date) -> None:
    page = visit(people.town, path=hazard.get_absolute_url())
    page.click(f"a[href='/hazards/{hazard.pk}/accept_report/']")
    page.fill("[name=deadline_on]", until.isoformat())
    page.click("form.sw-section button[type=submit], .sw-verb-form button[type=submit]")
    page.wait_for_url(f"**{hazard.get_absolute_url()}")


def press(page, path: str, **fields: str) -> None:
    """Open a verb's page, fill it in and press its button."""
    page.goto(path)
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.click("main form button.btn-primary[type=submit]")


def test_a_hazard_runs_its_whole_loop(visit, people, clock, tmp_path):
    User.objects.filter(pk=people.enterprise.pk).update(phone="13605460002")
    assert figures_of(visit, people) == {"Open hazards": "0", "Closed this month": "0"}
    hazard = report_on_phone(visit, people, tmp_path)
    assert figures_of(visit, people) == {"Open hazards": "1", "Closed this month": "0"}
    photo = Attachment.objects.get()
    assert (photo.target, photo.purpose) == (hazard, "before")
    assert photo.taken_at is not None

    accept(visit, people, hazard, date(2026, 3, 16))
    hazard.refresh_from_db()
    assert (hazard.state, hazard.deadline_on) == ("rectifying", date(2026, 3, 16))

    # Its day passes: warned before, told when due, climbed to the county.
    clock.work()
    for _day in range(12):
        clock.pass_days(1)
    hazard.refresh_from_db()
    assert hazard.level_in_charge == "county"
    assert Delivery.objects.filter(state="sent").exists()

    page = visit(people.county, path="/sms/")
    expect(page.locator("main")).to_contain_text(people.enterprise.name)
    page.goto("/hazards/?overdue=true&level=county")
    expect(page.locator("#results")).to_contain_text(PROBLEM)

    # Rectified with a photo, looked at, closed.
    page = visit(people.enterprise, PHONE, f"/hazards/{hazard.pk}/submit_rectification/")
    page.fill("[name=text]", "已清灰，改为每班清扫")
    page.set_input_files("input[name=photos]", take_photo(tmp_path, "after.jpg", "green"))
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_url(f"**{hazard.get_absolute_url()}")

    page = visit(people.county, path=hazard.get_absolute_url())
    expect(page.locator("main img")).to_have_count(2)
    press(page, f"/hazards/{hazard.pk}/accept_repair/")
    page.wait_for_url(f"**{hazard.get_absolute_url()}")
    hazard.refresh_from_db()
    assert hazard.state == "closed"

    assert figures_of(visit, people) == {"Open hazards": "0", "Closed this month": "1"}
    check_list_behind(visit, people, hazard)
    check_language(page)


def figure(page, label: str):
    """Return the key figure of this name."""
    return page.locator("main .sw-figures a", has_text=words(label))


def figures_of(visit, people) -> dict[str, str]:
    """Read what the city's page counts."""
    page = visit(people.city, path="/analytics/")
    return {
        label: figure(page, label).locator("b").inner_text()
        for label in ("Open hazards", "Closed this month")
    }


def check_list_behind(visit, people, hazard) -> None:
    """The number on the city's page, and the number in the table under a chart, open the list of what they count."""
    page = visit(people.city, path="/analytics/")
    figure(page, "Closed this month").click()
    page.wait_for_url("**/hazards/?*closed_after=*")
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.locator(f"a[href='{hazard.get_absolute_url()}']")).to_contain_text(PROBLEM)

    page.goto("/analytics/hazards.closed/")
    page.locator("table tbody tr", has_text="广饶县").locator("td a").first.click()
    page.wait_for_url("**/hazards/?*")
    expect(page.locator(f"#results a[href='{hazard.get_absolute_url()}']")).to_be_visible()


def check_language(page) -> None:
    """English at one press, and back; the choice holds on the next page."""
    for language, closed in (("en", "Closed"), ("zh-Hans", words("Closed"))):
        page.locator("details.sw-user summary").click()
        page.locator("details.sw-user button.sw-lang").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".sw-signs")).to_contain_text(closed)
        page.goto("/hazards/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.go_back()


def test_the_notice_is_issued_made_and_verified_by_anyone(visit, people, clock, tmp_path):
    hazard = report_on_phone(visit, people, tmp_path)
    accept(visit, people, hazard, date(2026, 3, 20))

    page = visit(people.town, path=hazard.get_absolute_url())
    page.click("form[action$='issue-notice/'] button")
    page.wait_for_url("**/documents/*/")
    clock.work()
    page.reload()

    document = IssuedDocument.objects.get()
    expect(page.locator("main")).to_contain_text(document.number)
    answer = page.request.get(f"/documents/{document.pk}/pdf/")
    assert answer.body().startswith(b"%PDF-")

    anyone = visit(path=f"/v/{document.code}/")
    expect(anyone.locator("body")).to_contain_text(document.number)
    expect(anyone.locator("body")).not_to_contain_text(PROBLEM)
