"""The pages of a supervision, as people open them."""

import pytest
from django.urls import reverse

from hazards.models import Hazard
from inbox.worklist import owed
from inspections import services
from inspections.models import GovernmentFinding, GovernmentOrder, Visit
from tests.factories.supervision import (
    begun,
    finished_supervision,
    government_list,
    ordered,
    problem,
    replied,
)
from tests.people import AT

pytestmark = pytest.mark.django_db


def url(name: str, *keys: int) -> str:
    return reverse(f"inspections:{name}", args=keys)


@pytest.fixture
def now(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def form(people, **changes) -> dict[str, object]:
    return {
        "key": "5f0c2f2e-8f0e-4d43-9f6e-0d6f7f3c1a11",
        "body": people.town.organisation_id,
        "planned_on": "2026-03-12",
        "trigger": "plan",
        **changes,
    }


def test_a_supervision_is_planned_for_a_day(now, people, sign_in):
    answer = sign_in(people.county).post(url("supervise"), form(people))

    visit = Visit.objects.get()
    assert (answer.status_code, answer.url) == (302, visit.get_absolute_url())
    assert (visit.kind, visit.state, str(visit.planned_on)) == ("supervision", "planned", "2026-03-12")


def test_begin_now_leads_to_the_sheet(now, people, sign_in):
    edition = government_list()
    answer = sign_in(people.county).post(url("supervise"), form(people, now="1", editions=[edition.pk]))

    assert answer.url == url("check", Visit.objects.get(state="under_way").pk)


def test_a_body_elsewhere_is_no_choice(now, people, sign_in):
    answer = sign_in(people.other_county).post(url("supervise"), form(people))

    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_the_sheet_leads_from_a_failing_item_to_the_problem(people, sign_in):
    visit = begun(people, edition := government_list())
    item = edition.items.first()
    services.answer(visit, item.pk, result="fail", by=people.county, at=AT)

    page = sign_in(people.county).get(url("check", visit.pk)).content.decode()
    assert f"{url('find_problem', visit.pk)}?item={item.pk}" in page
    assert url("find_hazard_nearby", visit.pk) in page


def test_after_the_problem_the_item_lacks_nothing(people, sign_in):
    visit = begun(people, edition := government_list())
    problem(visit, people, item=edition.items.first())

    page = sign_in(people.county).get(url("check", visit.pk)).content.decode()
    assert "data-lacks>" not in page
    assert GovernmentFinding.objects.get().text in page


def test_a_problem_is_sent_from_its_form(now, people, sign_in):
    visit = begun(people, edition := government_list())
    item = edition.items.first()
    said = {"key": "5f0c2f2e-8f0e-4d43-9f6e-0d6f7f3c1a12", "text": "未开会研究", "requirement": "补齐"}

    answer = sign_in(people.county).post(f"{url('find_problem', visit.pk)}?item={item.pk}", said)
    assert answer.url == f"{url('check', visit.pk)}#item-{item.pk}"
    assert GovernmentFinding.objects.get().item == item


def test_a_hazard_nearby_is_sent_with_its_enterprise(now, people, enterprise, sign_in):
    visit = begun(people)
    said = {
        "key": "5f0c2f2e-8f0e-4d43-9f6e-0d6f7f3c1a13",
        "enterprise": enterprise.pk,
        "place": "一车间",
        "description": "安全出口锁闭",
        "category": "fire",
        "grade": "general",
    }

    answer = sign_in(people.county).post(url("find_hazard_nearby", visit.pk), said)
    assert answer.status_code == 302
    assert Hazard.objects.get().source == "supervision"


def test_an_enterprise_elsewhere_is_no_choice(now, people, other_enterprise, sign_in):
    visit = begun(people)
    said = {"enterprise": other_enterprise.pk, "place": "一车间", "description": "安全出口锁闭"}

    answer = sign_in(people.county).post(url("find_hazard_nearby", visit.pk), said)
    assert answer.status_code == 422
    assert other_enterprise.name not in answer.content.decode()


def test_the_visit_s_page_offers_the_order_to_the_supervisors_only(people, sign_in):
    visit = finished_supervision(people)
    link = url("issue_order", visit.pk)

    assert link in sign_in(people.county).get(visit.get_absolute_url()).content.decode()
    assert link not in sign_in(people.town).get(visit.get_absolute_url()).content.decode()


def test_the_order_is_issued_from_its_form(now, people, sign_in):
    visit = finished_supervision(people)
    said = {"requirements": "逐项整改", "due_on": "2026-03-25"}

    answer = sign_in(people.county).post(url("issue_order", visit.pk), said)
    assert answer.url == GovernmentOrder.objects.get().get_absolute_url()


def test_the_form_proposes_the_day_of_the_rulebook(now, people, sign_in):
    visit = finished_supervision(people)

    page = sign_in(people.county).get(url("issue_order", visit.pk))
    assert str(page.context["form"]["due_on"].value()) == "2026-03-25"


def test_the_town_replies_problem_by_problem(now, people, sign_in):
    order = ordered(people, problems=2)
    first, second = order.visit.government_findings.order_by("pk")
    said = {f"reply_{first.pk}": "已开会", "version": order.version}
    browser = sign_in(people.town)

    refused = browser.post(url("reply_order", order.pk), said)
    assert (refused.status_code, "已开会" in refused.content.decode()) == (422, True)

    answer = browser.post(url("reply_order", order.pk), {**said, f"reply_{second.pk}": "已发文"})
    assert (answer.status_code, GovernmentOrder.objects.get().state) == (302, "replied")


def test_the_order_s_page_shows_what_was_answered(people, sign_in):
    order = replied(people)

    page = sign_in(people.county).get(order.get_absolute_url()).content.decode()
    assert all(word in page for word in ("未按季度研究安全生产工作", "已召开专题会议", "全部整改完毕"))
    assert url("close_order", order.pk) in page


def test_the_list_finds_an_order_by_its_body(people, sign_in):
    order = ordered(people)
    browser = sign_in(people.county)

    assert order.get_absolute_url() in browser.get(url("orders") + "?q=大王镇").content.decode()
    assert order.get_absolute_url() not in browser.get(url("orders") + "?q=稻庄").content.decode()


def test_the_reply_is_on_the_town_s_work_list_and_its_review_on_the_county_s(people):
    order = ordered(people)
    assert owed(people.town.scope.entries, person=people.town).filter(target_id=order.pk).exists()
    assert (
        not owed(people.county.scope.entries, person=people.county)
        .filter(rule="inspections.order_reply")
        .exists()
    )

    replied_to = services.reply_order(
        order,
        reply="",
        replies=dict.fromkeys(order.visit.government_findings.values_list("pk", flat=True), "已办"),
        by=people.town,
        at=AT,
    )
    assert (
        owed(people.county.scope.entries, person=people.county)
        .filter(rule="inspections.order_review", target_id=replied_to.pk)
        .exists()
    )


def test_who_closes_an_order_reads_the_reply_and_may_return_it(people, sign_in):
    order = replied(people)
    text = sign_in(people.county).get(url("close_order", order.pk)).content.decode()
    assert order.visit.government_findings.get().reply in text
    assert f'href="{url("return_reply", order.pk)}"' in text


def test_the_body_answers_under_each_problem(people, sign_in):
    order = ordered(people)
    form = sign_in(people.town).get(url("reply_order", order.pk)).context["form"]
    found = order.visit.government_findings.get()
    assert form[f"reply_{found.pk}"].label == f"1. {found.text}"
