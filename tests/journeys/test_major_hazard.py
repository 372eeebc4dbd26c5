"""A major hazard from its finding to its release, with the papers: every step by its page, by whom it belongs to."""

from io import BytesIO, StringIO

import docx
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from hazards.models import Hazard, MajorHazardCriterion
from lifecycle.models import StateChange
from paperwork.models import IssuedDocument
from tests.factories.inspections import certify
from tests.journeys.acts import choose, hand_in, take
from tests.journeys.photos import take_photo
from tests.journeys.words import words

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "干式除尘系统未设置泄爆装置"
PLAN = {
    "condition": "除尘系统未设泄爆装置，设计时未考虑粉尘爆炸风险",
    "danger": "粉尘爆炸可致多人伤亡；须停线改造，难度较大",
    "goals": "消除除尘系统爆炸风险",
    "measures": "停用砂光线，加装无焰泄爆装置和隔爆阀",
    "responsible": "主要负责人高砚平，车间主任陆春生",
    "funds": "186000",
    "funds_source": "企业安全生产费用",
    "finish_on": "2026-04-20",
    "emergency_plan": "整改期间砂光线停产，撤出11人，专人值守",
}
LISTING = {
    "supervising_unit": "广饶县应急管理局",
    "enterprise_responsible": "高砚平",
    "local_responsible": "孙晓燕",
    "department_responsible": "周明远",
    "requirements": "停产整改，每周报告进度",
    "deadline_on": "2026-04-20",
}
STEPS = [
    "report",
    "confirm_major",
    "submit_plan",
    "return_plan",
    "submit_plan",
    "approve_plan",
    "list_for_supervision",
    "report_listing",
    "publish_listing",
    "report_progress",
    "change_plan",
    "approve_change",
    "record_opinion",
    "apply_for_review",
    "record_site_review",
    "release",
    "delist",
    "publish_delisting",
]


@pytest.fixture
def criterion(places) -> MajorHazardCriterion:
    """The clause of the published criteria that the finding meets."""
    call_command("load_criteria", verbosity=0, stdout=StringIO())
    return MajorHazardCriterion.objects.get(clause="第十一条第（三）项")


def register(page: Page, enterprise, photo) -> Hazard:
    """Register what was found; the enterprise is searched for while typing."""
    choose(page, enterprise.name[2:4], enterprise.pk)
    page.fill("[name=description]", PROBLEM)
    page.fill("[name=place]", "砂光车间")
    page.set_input_files("input[name=photos]", photo)
    page.select_option("[name=grade]", "major")
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_url(lambda url: not url.endswith("/report/"))
    return Hazard.objects.get()


def issue_and_serve(page: Page, clock) -> IssuedDocument:
    """Issue the notice, see both its files, and put on record how it was served."""
    page.click("form[action$='issue-notice/'] button")
    page.wait_for_url("**/documents/*/")
    clock.work()
    document = IssuedDocument.objects.get()
    # The page asks again by itself until the paper is there.
    link = page.locator(f"main a[href$='/documents/{document.pk}/docx/']")
    expect(link.first).to_be_visible()
    with page.expect_download() as waited:
        link.first.click()
    text = "\n".join(
        paragraph.text for paragraph in docx.Document(BytesIO(waited.value.path().read_bytes())).paragraphs
    )
    assert PROBLEM in text
    assert page.request.get(f"/documents/{document.pk}/pdf/").body().startswith(b"%PDF-")

    page.click("a[href$='/record-service/']")
    page.select_option("[name=manner]", "direct")
    hand_in(page, served_at="2026-03-10T10:00", recipient="陆春生，安全员")
    page.wait_for_url(f"**/documents/{document.pk}/")
    expect(page.locator("main")).to_contain_text("陆春生，安全员")
    return document


def plan_and_mend(safety: Page, county: Page, home: str) -> None:
    """Hand in the plan, have it returned, and hand in again what was mended."""
    take(safety, "submit_plan", **PLAN)
    county.goto(home)
    take(county, "return_plan", reason="资金来源没有写明到科目")
    safety.goto(home)
    expect(safety.locator(".sw-five tr")).to_have_count(5)
    expect(safety.locator("main")).to_contain_text("资金来源没有写明到科目")
    safety.click(".sw-verbs a[href$='/submit_plan/']")
    for name, value in PLAN.items():
        written = safety.input_value(f"[name={name}]")
        assert written.removesuffix(".00") == value, name
    hand_in(safety, funds_source="企业安全生产费用—设备设施科目")
    safety.wait_for_url(f"**{home}")


def apply_and_wait(safety: Page, leader: Page, home: str, photo) -> None:
    """Apply for the review; before it has passed the leader is told by which article nothing is released."""
    safety.goto(home)
    safety.click(".sw-verbs a[href$='/apply_for_review/']")
    safety.set_input_files("[name=photos]", photo)
    hand_in(safety, text="泄爆装置和隔爆阀已安装，自行验收合格")
    safety.wait_for_url(f"**{home}")
    leader.goto(home)
    refused = leader.locator(".sw-refused", has=leader.locator("#why-release"))
    expect(refused.locator("#why-release a[href*='/AWSL/65']")).to_be_visible()
    leader.goto(f"{home}release/")
    expect(leader.locator("main form.sw-section")).to_have_count(0)


def test_a_major_hazard_goes_from_report_to_release(visit, people, enterprise, criterion, clock, tmp_path):
    before, after = take_photo(tmp_path, "before.jpg", "grey"), take_photo(tmp_path, "after.jpg", "green")
    certify(people.officer, people.second_officer)
    county = visit(people.county, path="/hazards/report/")
    hazard = register(county, enterprise, before)
    home = hazard.get_absolute_url()

    # Confirmed by a published criterion; the notice goes out.
    county.click("a[href$='/confirm_major/']")
    county.select_option("[name=criterion]", str(criterion.pk))
    hand_in(county)
    county.wait_for_url(f"**{home}")
    expect(county.locator(".sw-signs")).to_contain_text(words("Major hazard"))
    document = issue_and_serve(county, clock)

    # The enterprise plans; the plan comes back once, and is mended, not retyped.
    safety = visit(people.enterprise, path=home)
    expect(safety.locator(".sw-verbs a[href$='/close_by_enterprise/']")).to_have_count(0)
    plan_and_mend(safety, county, home)

    leader = visit(people.leader, path=home)
    take(leader, "approve_plan", note="方案可行")
    expect(leader.locator(".sw-five")).to_contain_text("设备设施科目")

    # Listed for supervision: on the page, and in the list of what is listed.
    take(leader, "list_for_supervision", **LISTING)
    listed = words("Listed by the %(level)s") % {"level": hazard.listings.get().get_level_display()}
    expect(leader.locator(".sw-signs")).to_contain_text(listed)
    leader.goto("/hazards/?listed=true")
    expect(leader.locator("#results tbody tr")).to_have_count(1)

    listed_and_governed(visit, people, hazard, leader, safety)

    # Rectified; without a review on site nobody releases, and the screen says which article forbids it.
    apply_and_wait(safety, leader, home, after)
    review_on_site(county, home, people, after)
    leader.goto(home)
    take(leader, "release", note="审查合格，同意恢复生产")
    expect(leader.locator(".sw-signs")).to_contain_text(words("Closed"))

    county.goto(home)
    take(county, "delist", reason="隐患已消除并通过现场审查")
    expect(county.locator(".sw-signs")).not_to_contain_text(listed)
    expect(county.locator("main")).to_contain_text(document.number)
    take(county, "publish_delisting")
    anyone = visit(path="/listed-hazards/")
    expect(anyone.locator("main")).to_contain_text(words("removed, off the list"))
    assert list(StateChange.objects.order_by("id").values_list("verb", flat=True)) == STEPS

    # Anyone with the paper in hand can ask whether it is real, and learns no more than that.
    anyone = visit(path="/v/")
    anyone.fill("[name=code]", document.code.lower())
    anyone.click("main button[type=submit]")
    expect(anyone.locator("main")).to_contain_text(document.number)
    expect(anyone.locator("main")).not_to_contain_text(PROBLEM)


def listed_and_governed(visit, people, hazard: Hazard, leader: Page, safety: Page) -> None:
    """The city and the public are told; the enterprise reports, changes its plan, an expert is heard."""
    home = hazard.get_absolute_url()
    leader.goto(home)
    take(leader, "report_listing", note="已报市安委办")
    take(leader, "publish_listing", public_text=PROBLEM)
    anyone = visit(path="/listed-hazards/")
    expect(anyone.locator("main")).to_contain_text(PROBLEM)
    expect(anyone.locator("main")).not_to_contain_text("高砚平")

    safety.goto(home)
    take(safety, "report_progress", percent="40", text="泄爆装置到货", next_steps="下周安装")
    expect(safety.locator("main")).to_contain_text("泄爆装置到货")
    take(safety, "change_plan", reason="原型号停产", measures="停用砂光线，改用隔爆阀加惰化保护")
    leader.goto(home)
    take(leader, "approve_change", note="同意变更")
    expect(leader.locator(".sw-five")).to_contain_text("惰化保护")

    officer = visit(people.officer, path=home)
    officer.click(".sw-verbs a[href$='/record_opinion/']")
    officer.check("[name=verdict][value=agree]", force=True)
    hand_in(officer, expert_name="沈听澜", opinion="方案可行，完工后做联动测试")
    officer.wait_for_url(f"**{home}")
    expect(officer.locator("main")).to_contain_text("完工后做联动测试")


def review_on_site(county: Page, home: str, people, photo) -> None:
    """One officer is too few: the form says so and keeps the words; two officers and the review stands."""
    county.goto(f"{home}record_site_review/")
    county.check(f"[name=officers][value='{people.officer.pk}']")
    county.check("[name=passed][value=yes]")
    hand_in(county, findings="泄爆面积符合要求，联锁有效", expert_name="沈听澜")
    expect(county.locator(".sw-error")).to_contain_text(
        words("At least %(n)d officers with a valid enforcement certificate review on site.") % {"n": 2}
    )
    expect(county.locator("[name=findings]")).to_have_value("泄爆面积符合要求，联锁有效")
    expect(county.locator("[name=passed][value=yes]")).to_be_checked()

    county.check(f"[name=officers][value='{people.second_officer.pk}']")
    county.set_input_files("[name=photos]", photo)
    hand_in(county)
    county.wait_for_url(f"**{home}")
    expect(county.locator("main")).to_contain_text("沈听澜")
