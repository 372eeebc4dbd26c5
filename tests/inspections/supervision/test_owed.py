"""Who owes what in a supervision: the order by its day, the reply of a department, a problem taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from attachments.models import Attachment
from audit.models import Entry
from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inbox.worklist import lines, owed
from inspections import services
from inspections.models import Answer, GovernmentFinding, GovernmentOrder, Visit
from lifecycle.refusals import VerbRefused
from tests.factories.hazards import make_photo
from tests.factories.supervision import DUE, begun, finished_supervision, government_list, problem
from tests.people import AT

pytestmark = pytest.mark.django_db
RULE = "inspections.issue_order"
REASON = "记错了单位"


def work_of(person) -> list[str]:
    """The labels of a person's own work."""
    return [line.row.label for line in lines(list(owed(person.scope.entries, person=person)), user=person)]


@pytest.fixture
def ordered_department(people) -> GovernmentOrder:
    """An order of the city to its department of industry, which looks after chemicals alone."""
    visit = services.supervise(people.dept.organisation, now=True, by=people.city, at=AT)
    services.find_problem(visit, facts={"text": "未建立监管台账"}, by=people.city, at=AT)
    services.finish_visit(visit, outcome="found", by=people.city, at=AT)
    return services.issue_order(visit, due_on=DUE, requirements="整改", by=people.city, at=AT)


def test_a_department_finds_the_order_to_it_on_its_work_list(people, ordered_department):
    assert "Put right what the supervision found" in work_of(people.dept)


def test_it_opens_from_there_and_nobody_else_has_it(people, ordered_department, sign_in):
    rows = [
        person
        for person in (people.dept, people.county, people.town, people.city, people.legal)
        if "Put right what the supervision found" in work_of(person)
    ]

    assert rows == [people.dept]
    url = reverse("inspections:reply_order", args=[ordered_department.pk])
    assert sign_in(people.dept).get(url).status_code == 200


def test_an_invited_expert_finds_the_visit_on_the_work_list(people, enterprise):
    visit = services.plan_visit(
        enterprise, kind="expert", people=[people.expert], by=people.county, at=AT, planned_on=AT.date()
    )
    assert "Carry out the planned expert visit" in work_of(people.expert)
    assert "Carry out the planned expert visit" not in work_of(people.agency)
    assert visit.state == "planned"


def test_with_problems_found_the_order_is_owed_within_its_days(people):
    visit = finished_supervision(people)

    clock = Deadline.objects.of(visit).open().get()
    assert (clock.rule, clock.n, clock.unit) == (RULE, 5, "workday")
    assert "Issue the order of the supervision" in work_of(people.county)
    assert "Issue the order of the supervision" not in work_of(people.city)


def test_the_order_settles_it(people):
    visit = finished_supervision(people)
    services.issue_order(visit, due_on=DUE, requirements="整改", by=people.county, at=AT + timedelta(days=1))

    assert Deadline.objects.of(visit).get(rule=RULE).state == DeadlineState.MET


def test_nothing_found_owes_nothing(people):
    visit = services.finish_visit(begun(people), outcome="nothing", by=people.county, at=AT)

    assert not Deadline.objects.of(visit).open().exists()


def test_an_order_that_is_not_issued_is_told_to_those_who_were_there_and_to_the_city(people):
    finished_supervision(people)
    late = AT + timedelta(days=12)
    sweep(late)
    dispatch(at=late)

    told = Message.objects.filter(code="inspections.order_owed")
    assert {people.county.pk, people.city.pk} <= set(told.values_list("user", flat=True))


def test_a_problem_recorded_by_mistake_is_taken_back_and_stays_on_the_trail(people):
    visit = begun(people, edition := government_list())
    photo = make_photo(people.county)
    found = problem(visit, people, item=edition.items.first(), photos=[photo])

    services.take_back_problem(visit, found.pk, reason=REASON, by=people.county, at=AT)

    assert not GovernmentFinding.objects.exists()
    entry = Entry.objects.get(verb="inspections.take_back_problem")
    assert (entry.reason, entry.data["text"]) == (REASON, found.text)
    assert Attachment.objects.get(pk=photo).target == visit
    assert Answer.objects.get(visit=visit).result == "fail"


@pytest.mark.parametrize("why", ["no reason", "the visit has ended", "another body's people"])
def test_a_problem_is_not_taken_back_with(why, people):
    visit = finished_supervision(people) if why == "the visit has ended" else begun(people)
    found = visit.government_findings.first() or problem(visit, people)
    by = people.other_county if why == "another body's people" else people.county
    reason = " " if why == "no reason" else REASON

    with pytest.raises((ValidationError, VerbRefused, Visit.DoesNotExist)):
        services.take_back_problem(visit, found.pk, reason=reason, by=by, at=AT)
    assert GovernmentFinding.objects.exists()


def test_the_sheet_leads_to_taking_back_and_every_page_leads_back_to_the_sheet(people, sign_in):
    visit = begun(people)
    found = problem(visit, people)
    browser, sheet = sign_in(people.county), reverse("inspections:check", args=[visit.pk])
    away = reverse("inspections:take_back_problem", args=[visit.pk, found.pk])

    assert away in browser.get(sheet).content.decode()
    for page in (
        away,
        reverse("inspections:find_problem", args=[visit.pk]),
        reverse("inspections:find_hazard_nearby", args=[visit.pk]),
    ):
        assert f'class="btn" href="{sheet}"' in browser.get(page).content.decode()


def test_it_is_taken_back_from_its_form(people, sign_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    visit = begun(people)
    url = reverse("inspections:take_back_problem", args=[visit.pk, problem(visit, people).pk])
    browser = sign_in(people.county)

    assert browser.post(url, {"reason": ""}).status_code == 422
    assert browser.post(url, {"reason": REASON}).url == reverse("inspections:check", args=[visit.pk])
    assert not GovernmentFinding.objects.exists()
