"""What should not be sent about an order: out of scope, stale, too long, too late, twice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from inspections import services
from inspections.models import GovernmentFinding, GovernmentOrder
from lifecycle.refusals import AlreadyDone, StaleForm, VerbRefused
from paperwork.models import IssuedDocument
from tests.factories.supervision import begun, finished_supervision, ordered, problem, replied
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=4)
STEPS = ("order", "reply_order", "return_reply", "close_order")


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def url(name: str, row) -> str:
    return reverse(f"inspections:{name}", args=[row.pk])


@pytest.mark.parametrize("who", ["other_town", "other_county", "enterprise", "grid", "expert"])
@pytest.mark.parametrize("name", STEPS)
def test_out_of_scope_there_is_no_order(people, sign_in, who, name):
    assert sign_in(getattr(people, who)).get(url(name, replied(people))).status_code == 404


def test_a_stale_reply_changes_nothing(people):
    order = ordered(people)
    found = order.visit.government_findings.get()
    GovernmentOrder.objects.update(version=5)

    with pytest.raises(StaleForm):
        services.reply_order(order, reply="", replies={found.pk: "已办"}, by=people.town, at=LATER, version=1)
    found.refresh_from_db()
    assert found.reply == ""


def test_of_two_decisions_the_second_learns_of_the_first(people):
    order = replied(people)
    services.close_order(order, by=people.leader, at=LATER, version=order.version)

    with pytest.raises(AlreadyDone, match="韩立新"):
        services.close_order(order, by=people.county, at=LATER, version=order.version)


def test_an_order_that_is_closed_is_not_returned(people):
    order = services.close_order(replied(people), by=people.leader, at=LATER)

    with pytest.raises(VerbRefused):
        services.return_reply(order, reason="再查", due_on=date(2026, 4, 8), by=people.county, at=LATER)


@pytest.mark.parametrize(
    ("field", "words"),
    [("reply_{}", "办" * 1_001), ("reply", "办" * 2_001), ("reply_{}", " "), ("reply_{}", "\x00")],
)
def test_a_reply_that_does_not_fit_is_shown_again(now, people, sign_in, field, words):
    order = ordered(people)
    found = order.visit.government_findings.get()
    said = {f"reply_{found.pk}": "已办", "version": order.version, field.format(found.pk): words}

    page = sign_in(people.town).post(url("reply_order", order), said)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field.format(found.pk)}
    assert GovernmentOrder.objects.get().state == "issued"


@pytest.mark.parametrize("day", ["2026-03-13", "0001-01-01", "2026-02-30", ""])
def test_a_reply_is_not_returned_to_a_day_that_cannot_be(now, people, sign_in, day):
    order = replied(people)

    page = sign_in(people.county).post(
        url("return_reply", order), {"reason": "缺佐证", "due_on": day, "version": order.version}
    )

    assert page.status_code == 422
    assert "due_on" in page.context["form"].errors


def test_a_reply_returned_for_today_is_owed_today_and_one_for_yesterday_is_refused(people):
    order = replied(people)

    with pytest.raises(ValidationError):
        services.return_reply(order, reason="缺佐证", due_on=date(2026, 3, 13), by=people.county, at=LATER)
    done = services.return_reply(order, reason="缺佐证", due_on=date(2026, 3, 14), by=people.county, at=LATER)
    assert (done.state, done.due_on) == ("issued", date(2026, 3, 14))


def test_a_problem_of_ten_thousand_words_is_refused_and_nothing_is_kept(people):
    visit = begun(people)

    with pytest.raises(ValidationError):
        problem(visit, people, facts={"text": "问" * 10_000})
    assert not GovernmentFinding.objects.exists()


def test_from_the_problem_to_the_end_everything_stands_on_paper(people):
    order = replied(people, problems=2)
    again = services.return_reply(order, reason="缺佐证", due_on=date(2026, 4, 8), by=people.county, at=LATER)
    answers = dict.fromkeys(order.visit.government_findings.values_list("pk", flat=True), "补充会议纪要")
    services.reply_order(again, reply="已补", replies=answers, by=people.town, at=LATER)
    done = services.close_order(again, note="到位", by=people.county, at=LATER + timedelta(hours=1))

    assert (done.state, done.returned_count, done.closed_by) == ("closed", 1, people.county)
    assert set(order.visit.government_findings.values_list("reply", flat=True)) == {"补充会议纪要"}
    document = IssuedDocument.objects.about(order).get()
    assert (document.facts["due"], len(document.facts["problems"])) == ("2026年3月25日", 2)


def test_two_orders_cannot_follow_one_visit_even_from_two_forms(now, people, sign_in):
    visit = finished_supervision(people)
    said = {"requirements": "逐项整改", "due_on": "2026-03-25"}
    browser = sign_in(people.county)

    first = browser.post(reverse("inspections:issue_order", args=[visit.pk]), said)
    browser.post(reverse("inspections:issue_order", args=[visit.pk]), said)

    assert first.status_code == 302
    assert GovernmentOrder.objects.count() == IssuedDocument.objects.count() == 1
