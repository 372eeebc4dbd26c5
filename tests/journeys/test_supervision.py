"""A supervision visit to a town: begun on a phone, a problem and a hazard found, ordered, answered, returned, closed."""

import pytest
from playwright.sync_api import Page, expect

from hazards.models import Hazard
from inspections.models import GovernmentOrder, Visit
from paperwork.models import IssuedDocument
from tests.factories.inspections import make_items
from tests.factories.supervision import government_list
from tests.journeys.acts import choose, hand_in
from tests.journeys.conftest import PHONE
from tests.journeys.photos import take_photo
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "未按季度研究安全生产工作"
MISSING = "镇街主要负责人定期研究安全生产"


def begin(page: Page, people, edition) -> Visit:
    """Choose the body and the checklist, and begin at once."""
    page.click(f".sw-verbs a:has-text('{words('Supervise a body')}')")
    page.select_option("[name=body]", str(people.town.organisation_id))
    box = page.locator(f"[name=editions][value='{edition.pk}']")
    if not box.is_checked():
        box.check()
    page.click("button[name=now]")
    page.wait_for_url("**/check/")
    return Visit.objects.get()


def find(page: Page, visit: Visit, item, photo) -> None:
    """Say that an item is not met, and what the problem is."""
    page.click(f"#item-{item.pk} button[value='{item.pk}:fail']")
    page.click(f"#item-{item.pk} a[href*='/problem/']")
    page.wait_for_url("**/problem/**")
    page.fill("[name=text]", PROBLEM)
    page.fill("[name=requirement]", "每季度专题研究，形成纪要")
    page.set_input_files("[name=photos]", photo)
    page.click("button[form=problem]")
    page.wait_for_url("**/check/**")
    expect(page.locator(f"#item-{item.pk}")).to_contain_text(PROBLEM)


def see_hazard(page: Page, enterprise) -> None:
    """Record a hazard seen at an enterprise on the way."""
    page.click("a[href$='/hazard-nearby/']")
    page.wait_for_url("**/hazard-nearby/")
    choose(page, enterprise.name[2:4], enterprise.pk)
    page.fill("[name=place]", "砂光车间")
    page.fill("[name=description]", "安全出口锁闭")
    page.click("button[form=hazard]")
    page.wait_for_url("**/check/**")


def finish(page: Page, other) -> None:
    """Answer what is left and finish."""
    page.click(f"#item-{other.pk} button[value='{other.pk}:pass']")
    expect(page.locator(f"#item-{other.pk}")).to_have_attribute("data-result", "pass")
    page.click("a[href$='/finish_visit/']")
    page.wait_for_url("**/finish_visit/")
    page.check("[name=outcome][value=found]", force=True)
    page.click("button[form=finish]")
    page.wait_for_url(lambda url: not url.endswith("/finish_visit/"))


def test_a_town_is_supervised_from_the_visit_to_the_closing(visit, people, enterprise, clock, tmp_path):
    first, second = make_items(1, content=MISSING)[0], make_items(1, content="隐患台账逐条闭环")[0]
    edition = government_list(0)
    edition.lines.create(item=first, position=1)
    edition.lines.create(item=second, position=2)
    photo = take_photo(tmp_path, "minutes.jpg", "grey")

    county = visit(people.county, PHONE, "/inspections/supervision/")
    looked = begin(county, people, edition)
    find(county, looked, first, photo)
    see_hazard(county, enterprise)
    assert Hazard.objects.get().source == "supervision"
    finish(county, second)

    # The order, with its notice.
    county.goto(looked.get_absolute_url())
    county.click("a[href$='/issue-order/']")
    hand_in(county, requirements="逐项整改，举一反三", due_on="2026-03-25")
    county.wait_for_url("**/supervision/*/")
    clock.work()
    order = GovernmentOrder.objects.get()
    assert IssuedDocument.objects.about(order).get().state == "ready"

    # The town finds it among its work and answers the problem with its papers.
    town = visit(people.town)
    town.click(f"a[href='/inspections/supervision/{order.pk}/reply_order/']")
    found = order.visit.government_findings.get()
    town.set_input_files(f"[name=files_{found.pk}]", take_photo(tmp_path, "done.jpg", "green"))
    hand_in(town, **{f"reply_{found.pk}": "已召开专题会议", "reply": "已整改"})
    town.wait_for_url(f"**{order.get_absolute_url()}")
    expect(town.locator(".sw-signs")).to_contain_text(words("Reply under review"))

    # Returned with a reason, mended, closed.
    county.goto(f"{order.get_absolute_url()}return_reply/")
    hand_in(county, reason="没有会议纪要", due_on="2026-04-01")
    county.wait_for_url(f"**{order.get_absolute_url()}")
    town.goto(f"{order.get_absolute_url()}reply_order/")
    expect(town.locator(f"[name=reply_{found.pk}]")).to_have_value("已召开专题会议")
    hand_in(town, **{f"reply_{found.pk}": "已召开专题会议，附纪要"})
    town.wait_for_url(f"**{order.get_absolute_url()}")

    county.goto(f"{order.get_absolute_url()}close_order/")
    hand_in(county, note="整改到位")
    county.wait_for_url(f"**{order.get_absolute_url()}")
    expect(county.locator(".sw-signs")).to_contain_text(words("Closed"))
    assert GovernmentOrder.objects.get().returned_count == 1
