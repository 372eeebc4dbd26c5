"""A major hazard: confirmed by a criterion, planned, listed, rectified, reviewed on site, released."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import EnforcementCertificate
from deadlines.models import Deadline
from hazards import services
from lifecycle.refusals import VerbRefused
from tests.factories.hazards import make_photo, reported

pytestmark = pytest.mark.django_db
PLAN = {
    "condition": "除尘系统未设泄爆装置，设计时未考虑粉尘爆炸风险",
    "danger": "粉尘爆炸可致多人伤亡；须停线改造，难度较大",
    "goals": "消除除尘系统爆炸风险",
    "measures": "加装无焰泄爆装置和隔爆阀",
    "responsible": "高砚平、陆春生",
    "funds": 186000,
    "funds_source": "企业自筹",
    "finish_on": date(2026, 4, 20),
    "emergency_plan": "停用砂光线，撤出11人",
}
LISTING = {
    "level": "county",
    "supervising_unit": "广饶县应急管理局",
    "enterprise_responsible": "高砚平",
    "local_responsible": "孙晓燕",
    "department_responsible": "周明远",
    "requirements": "停产整改",
    "deadline_on": date(2026, 4, 20),
}
REVIEW = {"reviewed_on": date(2026, 3, 10), "expert_name": "沈听澜", "findings": "已加装", "passed": True}


def review(hazard, people, at, officers=None, **changes):
    officers = officers or [people.officer, people.second_officer]
    return services.record_site_review(
        hazard, review={**REVIEW, **changes}, officers=officers, by=people.county, at=at
    )


def test_confirming_puts_it_in_the_county_s_hands(major, criterion):
    assert (major.state, major.level_in_charge, major.criterion) == ("plan_due", "county", criterion)
    assert Deadline.objects.of(major).open().get().rule == "hazards.plan"


def test_a_report_that_claims_to_be_major_is_not_simply_accepted(people, enterprise, at):
    hazard = reported(enterprise, people.town, source="inspection", grade="major")
    with pytest.raises(VerbRefused):
        services.accept_report(hazard, deadline_on=date(2026, 3, 20), by=people.town, at=at)


def test_a_returned_plan_is_handed_in_again_as_the_next_draft(major, people, at):
    handed_in = services.submit_plan(major, plan=PLAN, by=people.enterprise, at=at)
    returned = services.return_plan(handed_in, reason="资金一栏空白", by=people.county, at=at)
    again = services.submit_plan(returned, plan=PLAN, by=people.enterprise, at=at)
    assert [plan.draft_no for plan in again.plans.all()] == [2, 1]
    assert again.plans.last().decision == "returned"


def test_the_approved_plan_sets_the_day_and_the_money(planned):
    assert (planned.state, planned.deadline_on, planned.funds) == ("rectifying", date(2026, 4, 20), 186000)


def test_the_enterprise_cannot_close_it(planned, people, at):
    with pytest.raises(VerbRefused) as refused:
        services.close_by_enterprise(planned, text="好", photos=[1], by=people.enterprise, at=at)
    assert refused.value.refusal.law == "O16"


def test_the_review_needs_two_officers(under_review, people, at):
    with pytest.raises(ValidationError):
        review(under_review, people, at, officers=[people.officer])
    assert not under_review.reviews.exists()


@pytest.mark.parametrize(("until", "stands"), [(REVIEW["reviewed_on"], True), (date(2026, 3, 9), False)])
def test_the_officers_who_review_are_certified_on_the_day(under_review, people, at, until, stands):
    EnforcementCertificate.objects.filter(user=people.second_officer).update(valid_to=until)
    if stands:
        assert review(under_review, people, at).reviews.get().officers.count() == 2
    else:
        with pytest.raises(ValidationError, match="有效执法证"):
            review(under_review, people, at)


def test_release_waits_for_a_passed_review(under_review, people, at):
    with pytest.raises(VerbRefused) as refused:
        services.release(under_review, by=people.leader, at=at)
    assert (refused.value.refusal.law, refused.value.refusal.article) == ("AWSL", 65)


def test_a_failed_review_does_not_release(under_review, people, at):
    hazard = review(under_review, people, at, passed=False)
    with pytest.raises(VerbRefused):
        services.release(hazard, by=people.leader, at=at)


def test_a_passed_review_releases_and_closes(under_review, people, at):
    hazard = review(under_review, people, at)
    assert services.release(hazard, by=people.leader, at=at).state == "closed"


def test_the_review_of_an_earlier_round_does_not_count(under_review, people, at):
    hazard = review(under_review, people, at)
    hazard = services.return_for_work(
        hazard, reason="阀门未固定", deadline_on=date(2026, 4, 1), by=people.county, at=at
    )
    later = at.replace(hour=15)
    photo = make_photo(people.enterprise, purpose="after", at=later)
    again = services.apply_for_review(hazard, text="已固定", photos=[photo], by=people.enterprise, at=later)
    with pytest.raises(VerbRefused):
        services.release(again, by=people.leader, at=later)


def test_it_is_listed_once_and_delisted_after_closing(planned, people, at):
    listed = services.list_for_supervision(planned, listing=LISTING, by=people.leader, at=at)
    assert listed.is_listed
    with pytest.raises(VerbRefused):
        services.list_for_supervision(listed, listing=LISTING, by=people.leader, at=at)
    with pytest.raises(VerbRefused):
        services.delist(listed, reason="已完成", by=people.leader, at=at)


def test_a_town_cannot_release(under_review, people, at):
    hazard = review(under_review, people, at)
    with pytest.raises(VerbRefused):
        services.release(hazard, by=people.town, at=at)
