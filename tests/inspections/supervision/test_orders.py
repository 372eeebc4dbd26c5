"""The order after a supervision: notice, reply for each problem, return, closing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from attachments.models import Attachment
from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inspections import services
from inspections.models import GovernmentOrder
from lifecycle.refusals import NotPermitted, VerbRefused
from paperwork.models import IssuedDocument
from tests.factories.hazards import make_photo
from tests.factories.supervision import DUE, begun, finished_supervision, ordered, problem, replied
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=4)


def clock_of(order: GovernmentOrder) -> Deadline:
    return Deadline.objects.of(order).open().get()


def test_the_order_runs_until_its_day(people):
    order = ordered(people)

    assert (order.state, order.visit.body) == ("issued", people.town.organisation)
    assert (clock_of(order).rule, clock_of(order).due_on) == ("inspections.order_reply", DUE)


def test_the_notice_names_every_problem(people):
    order = ordered(people, problems=2)

    document = IssuedDocument.objects.about(order).get()
    assert (document.title, document.organisation) == ("督导检查整改通知书", people.county.organisation)
    assert len(document.facts["problems"]) == 2
    assert document.facts["body"] == "大王镇应急管理办公室"


@pytest.mark.parametrize("name", ["town", "officer", "other_county"])
def test_others_do_not_issue_the_order(name, people):
    visit = finished_supervision(people)

    with pytest.raises((VerbRefused, type(visit).DoesNotExist)):
        services.issue_order(visit, due_on=DUE, requirements="整改", by=getattr(people, name), at=LATER)
    assert not GovernmentOrder.objects.exists()


def test_there_is_one_order_for_one_visit(people):
    order = ordered(people)

    with pytest.raises(VerbRefused):
        services.issue_order(order.visit, due_on=DUE, requirements="再整改", by=people.county, at=LATER)


def test_a_visit_under_way_leads_to_no_order(people):
    visit = begun(people)
    problem(visit, people)

    with pytest.raises(VerbRefused):
        services.issue_order(visit, due_on=DUE, requirements="整改", by=people.county, at=LATER)


def test_a_day_that_has_passed_is_refused(people):
    visit = finished_supervision(people)

    with pytest.raises(ValidationError):
        services.issue_order(visit, due_on=date(2026, 3, 1), requirements="整改", by=people.county, at=LATER)


def test_the_body_answers_each_problem_with_its_papers(people):
    order = ordered(people, problems=2)
    first, second = order.visit.government_findings.order_by("pk")
    photo = make_photo(people.town, purpose="after")

    services.reply_order(
        order,
        reply="已整改",
        replies={first.pk: "已开会", second.pk: "已发文"},
        files={first.pk: [photo]},
        by=people.town,
        at=LATER,
    )

    first.refresh_from_db()
    assert (first.reply, Attachment.objects.get(pk=photo).target) == ("已开会", first)


def test_a_problem_left_without_an_answer_stops_the_reply(people):
    order = ordered(people, problems=2)
    first, second = order.visit.government_findings.order_by("pk")

    with pytest.raises(ValidationError) as refused:
        services.reply_order(order, reply="", replies={first.pk: "已开会"}, by=people.town, at=LATER)
    assert set(refused.value.error_dict) == {f"reply_{second.pk}"}


def test_another_body_does_not_answer(people):
    order = ordered(people)

    with pytest.raises(VerbRefused):
        services.reply_order(order, reply="代答", replies={}, by=people.county, at=LATER)
    with pytest.raises(GovernmentOrder.DoesNotExist):
        services.reply_order(order, reply="代答", replies={}, by=people.other_town, at=LATER)


def test_a_returned_reply_has_a_new_day_and_keeps_its_words(people):
    order = services.return_reply(
        replied(people), reason="没有佐证材料", due_on=date(2026, 4, 8), by=people.county, at=LATER
    )

    assert (order.state, order.returned_count, order.due_on) == ("issued", 1, date(2026, 4, 8))
    assert (clock_of(order).rule, clock_of(order).due_on) == ("inspections.order_reply", date(2026, 4, 8))
    assert order.visit.government_findings.get().reply == "已召开专题会议"


def test_the_body_does_not_close_its_own_order(people):
    with pytest.raises(NotPermitted):
        services.close_order(replied(people), by=people.town, at=LATER)


def test_the_city_leaves_the_decision_to_the_county_that_looked(people):
    with pytest.raises(VerbRefused):
        services.close_order(replied(people), by=people.city, at=LATER)


def test_the_supervising_side_closes_it(people):
    order = services.close_order(replied(people), note="整改到位", by=people.leader, at=LATER)

    assert (order.state, order.closed_by) == ("closed", people.leader)
    assert not Deadline.objects.of(order).open().exists()


def test_a_missed_reply_is_told_to_the_city(people):
    order = ordered(people)
    after = AT.replace(month=4, day=10)
    sweep(after)
    dispatch(at=after)

    assert clock_of(order).state == DeadlineState.BREACHED
    assert Message.objects.filter(user=people.city, code="inspections.order_neglected").exists()


def test_the_body_is_told_of_the_order_and_the_other_side_of_the_reply(people):
    replied(people)
    dispatch(at=LATER)

    assert Message.objects.filter(user=people.town, code="inspections.order_issued").exists()
    assert Message.objects.filter(user=people.county, code="inspections.order_replied").exists()


# Who reads it


@pytest.mark.parametrize("name", ["town", "county", "city", "leader", "legal", "officer"])
def test_both_sides_and_the_watchers_read_it(name, people):
    ordered(people)
    assert GovernmentOrder.objects.visible_to(getattr(people, name)).exists()


@pytest.mark.parametrize("name", ["other_town", "other_county", "dept", "enterprise", "grid", "expert"])
def test_nobody_else_reads_it(name, people):
    ordered(people)
    assert not GovernmentOrder.objects.visible_to(getattr(people, name)).exists()


def test_a_department_reads_and_answers_the_order_addressed_to_it(people):
    visit = services.supervise(people.dept.organisation, now=True, by=people.city, at=AT)
    found = problem(visit, people, by=people.city)
    services.finish_visit(visit, outcome="found", by=people.city, at=AT)
    order = services.issue_order(visit, due_on=DUE, requirements="整改", by=people.city, at=AT)

    services.reply_order(order, reply="", replies={found.pk: "已整改"}, by=people.dept, at=LATER)
    assert GovernmentOrder.objects.visible_to(people.dept).get().state == "replied"
