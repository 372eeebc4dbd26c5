"""A major hazard while it is governed: progress every week, a change of plan, what an expert says."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attachments.models import Attachment
from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from hazards import services
from hazards.models import Hazard
from inbox.models import Message
from inbox.outbox import dispatch
from lifecycle.refusals import VerbRefused
from tests.factories.hazards import make_photo, rectifying, reported
from tests.hazards.test_major_loop import PLAN
from tests.people import AT

pytestmark = pytest.mark.django_db
REPORT = {"percent": 40, "text": "泄爆装置到货", "next_steps": "下周安装", "difficulties": ""}
CHANGED = {**PLAN, "measures": "改用惰化保护", "finish_on": date(2026, 4, 10)}
OPINION = {
    "expert_name": "沈听澜",
    "expert_title": "粉尘防爆专家",
    "given_on": date(2026, 3, 10),
    "verdict": "mend",
    "opinion": "隔爆阀须核算动作时间",
}
WEEK = timedelta(days=7)


def weekly(hazard: Hazard) -> Deadline:
    return Deadline.objects.of(hazard).open().get(rule="hazards.progress")


def report(hazard, people, at=AT, **changes):
    return services.report_progress(hazard, report={**REPORT, **changes}, by=people.enterprise, at=at)


def change(hazard, people, **changes):
    return services.change_plan(
        hazard, reason="设备供货困难", plan={**CHANGED, **changes}, by=people.enterprise, at=AT
    )


# Weekly progress


def test_with_the_approved_plan_the_weekly_clock_begins(planned):
    assert weekly(planned).due_on == date(2026, 3, 17)


def test_a_general_hazard_reports_no_progress(people, enterprise):
    hazard = rectifying(people, enterprise)

    assert not Deadline.objects.of(hazard).filter(rule="hazards.progress").exists()
    with pytest.raises(VerbRefused):
        report(hazard, people)


def test_a_report_keeps_its_files_and_begins_the_next_week(planned, people):
    photo = make_photo(people.enterprise, purpose="after")
    later = AT + timedelta(days=5)
    services.report_progress(planned, report=REPORT, files=[photo], by=people.enterprise, at=later)

    made = planned.progress.get()
    assert (made.percent, Attachment.objects.get(pk=photo).target) == (40, made)
    assert weekly(planned).due_on == date(2026, 3, 22)
    assert Deadline.objects.of(planned).get(rule="hazards.progress", settled_at=later).state == "met"


def test_less_than_before_is_explained(planned, people):
    report(planned, people)
    with pytest.raises(ValidationError):
        report(planned, people, percent=20)
    report(planned, people, percent=20, difficulties="返工")

    assert planned.progress.first().percent == 20


def test_more_than_everything_is_refused(planned, people):
    with pytest.raises(ValidationError):
        report(planned, people, percent=101)


def test_with_the_application_for_review_the_reports_end(under_review):
    assert not Deadline.objects.of(under_review).open().filter(rule="hazards.progress").exists()


def test_returned_for_more_work_it_is_reported_again(under_review, people):
    hazard = services.return_for_work(
        under_review, reason="阀门未固定", deadline_on=date(2026, 4, 20), by=people.county, at=AT
    )
    assert weekly(hazard).state == DeadlineState.RUNNING


def test_a_missed_week_is_told_to_both_sides_and_the_next_begins(planned, people):
    late = AT + timedelta(days=9)
    sweep(late)
    dispatch(at=late)
    assert Message.objects.filter(user=people.enterprise, code="hazards.progress_due").exists()
    assert Message.objects.filter(user=people.county, code="hazards.neglected").exists()

    again = AT + timedelta(days=15)
    assert services.ask_for_progress(at=again) == (0, 1)
    assert weekly(planned).due_on == date(2026, 4, 1)
    missed = Deadline.objects.of(planned).get(rule="hazards.progress", settled_at=again)
    assert missed.state == DeadlineState.BREACHED


def test_asked_twice_in_a_night_nothing_begins_twice(planned):
    assert services.ask_for_progress(at=AT) == (0, 0)

    Deadline.objects.of(planned).filter(rule="hazards.progress").delete()
    assert services.ask_for_progress(at=AT) == (1, 0)
    assert services.ask_for_progress(at=AT) == (0, 0)


def test_the_night_asks_as_often_for_six_hazards_as_for_one(planned, people, enterprise):
    with CaptureQueriesContext(connection) as one:
        start_anew(planned)
    for serial in range(5):
        reported(enterprise, people.town, source="inspection", description=f"积尘{serial}")
    Hazard.objects.update(grade="major", state="rectifying")
    with CaptureQueriesContext(connection) as six:
        assert start_anew(planned) == (6, 0)

    assert len(six) == len(one)


def start_anew(hazard: Hazard) -> tuple[int, int]:
    Deadline.objects.of(hazard).filter(rule="hazards.progress").delete()
    return services.ask_for_progress(at=AT)


# Change of the plan


def test_while_a_change_is_under_review_the_approved_plan_holds(planned, people):
    hazard = change(planned, people)

    assert (hazard.state, hazard.measures, hazard.deadline_on) == (
        "rectifying",
        PLAN["measures"],
        date(2026, 4, 20),
    )
    assert Deadline.objects.of(hazard).open().filter(rule="hazards.review_change").exists()


def test_an_approved_change_is_the_plan_that_holds(planned, people):
    hazard = services.approve_change(change(planned, people), note="同意", by=people.leader, at=AT)

    assert hazard.measures == "改用惰化保护"
    assert hazard.plans.first().decision == "approved"
    assert not Deadline.objects.of(hazard).open().filter(rule="hazards.review_change").exists()


def test_a_returned_change_leaves_the_plan_as_it_was(planned, people):
    hazard = services.return_change(change(planned, people), reason="惰化不适用", by=people.county, at=AT)

    assert (hazard.measures, hazard.state) == (PLAN["measures"], "rectifying")
    assert [plan.decision for plan in hazard.plans.all()] == ["returned", "approved"]


def test_a_change_is_no_way_to_more_time(planned, people):
    with pytest.raises(ValidationError) as refused:
        change(planned, people, finish_on=date(2026, 5, 20))
    assert "finish_on" in refused.value.error_dict


def test_one_change_waits_at_a_time_and_holds_up_the_review_on_site(planned, people):
    hazard = change(planned, people)
    photo = make_photo(people.enterprise, purpose="after")

    with pytest.raises(VerbRefused):
        change(hazard, people)
    with pytest.raises(VerbRefused):
        services.apply_for_review(hazard, text="好", photos=[photo], by=people.enterprise, at=AT)


def test_without_a_change_there_is_nothing_to_approve(planned, people):
    with pytest.raises(VerbRefused):
        services.approve_change(planned, by=people.leader, at=AT)


# Opinions


def test_an_opinion_stands_with_its_signed_paper(planned, people):
    paper = make_photo(people.officer)
    services.record_opinion(planned, opinion=OPINION, files=[paper], by=people.officer, at=AT)

    made = planned.opinions.get()
    assert (made.expert_name, made.verdict, Attachment.objects.get(pk=paper).target) == (
        "沈听澜",
        "mend",
        made,
    )


def test_an_opinion_of_tomorrow_is_refused(planned, people):
    with pytest.raises(ValidationError):
        services.record_opinion(
            planned, opinion={**OPINION, "given_on": date(2026, 3, 11)}, by=people.officer, at=AT
        )


# Pages


def test_progress_and_opinions_stand_on_the_page(planned, people, sign_in):
    report(planned, people)
    services.record_opinion(planned, opinion=OPINION, by=people.officer, at=AT)

    page = sign_in(people.town).get(planned.get_absolute_url()).content.decode()
    assert all(word in page for word in ("40%", "泄爆装置到货", "隔爆阀须核算动作时间"))


def test_the_form_of_a_change_begins_with_the_plan_that_holds(planned, people, sign_in):
    page = sign_in(people.enterprise).get(reverse("hazards:change_plan", args=[planned.pk]))

    assert page.context["form"]["measures"].value() == PLAN["measures"]


def test_the_form_of_progress_sends_a_report(planned, people, sign_in):
    browser = sign_in(people.enterprise)
    answer = browser.post(
        reverse("hazards:report_progress", args=[planned.pk]),
        {"percent": 55, "text": "已安装一半", "version": planned.version},
    )

    assert answer.status_code == 302
    assert planned.progress.get().percent == 55
