"""Looking at a government body: who may, whom, and what is found there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Organisation
from hazards.models import Hazard
from inspections import services
from inspections.models import GovernmentFinding, Visit
from inspections.supervision.selectors import bodies_below
from lifecycle.refusals import VerbRefused
from tests.factories.inspections import patrolled
from tests.factories.supervision import PROBLEM, begun, government_list, problem, town_office
from tests.people import AT

pytestmark = pytest.mark.django_db


def test_a_county_begins_a_supervision_of_its_town_at_once(people):
    visit = begun(people, government_list())

    assert (visit.kind, visit.state, visit.item_count) == ("supervision", "under_way", 2)
    assert (visit.body, visit.enterprise, visit.region_id) == (town_office(people), None, "370523101")


def test_it_is_no_administrative_inspection(people):
    visit = begun(people)
    problem(visit, people)
    services.finish_visit(visit, outcome="found", by=people.county, at=AT)

    assert not Visit.objects.inspections().exists()


def test_the_bodies_offered_lie_below_and_are_not_the_own(people):
    names = set(bodies_below(people.county).values_list("name", flat=True))

    assert names == {"大王镇应急管理办公室", "稻庄镇应急管理办公室"}


def test_the_city_may_look_at_its_counties_and_departments(people):
    names = set(bodies_below(people.city).values_list("name", flat=True))

    assert {"广饶县应急管理局", "东营市工业和信息化局", "大王镇应急管理办公室"} <= names
    assert "东营海岸安全技术服务有限公司" not in names


@pytest.mark.parametrize("name", ["town", "dept", "officer", "enterprise", "grid", "expert"])
def test_whoever_supervises_nobody_is_offered_nobody(name, people):
    assert not bodies_below(getattr(people, name)).exists()


def test_a_county_does_not_look_at_another_county_s_town(people):
    with pytest.raises(Organisation.DoesNotExist):
        services.supervise(town_office(people), now=True, by=people.other_county, at=AT)


def test_a_checklist_for_enterprises_does_not_fit(people):
    wrong = government_list()
    wrong.checklist.purpose = "enterprise"
    wrong.checklist.save()

    with pytest.raises(ValidationError):
        begun(people, wrong)


def test_the_same_form_sent_twice_is_one_visit(people):
    key = uuid4()
    assert begun(people, key=key) == begun(people, key=key)


# Problems


def test_a_problem_from_an_item_answers_it_as_not_met_and_takes_its_words(people):
    visit = begun(people, edition := government_list())
    item = edition.items.first()

    found = problem(visit, people, item=item, facts={"requirement": "立即补齐"})

    assert (found.item, found.requirement) == (item, "立即补齐")
    assert item.content in found.text
    assert visit.answers.get().result == "fail"


def test_an_item_has_one_problem_however_often_it_is_sent(people):
    visit = begun(people, edition := government_list())
    item = edition.items.first()

    assert problem(visit, people, item=item) == problem(visit, people, item=item)
    assert GovernmentFinding.objects.count() == 1


def test_a_free_problem_sent_twice_with_its_key_is_one(people):
    visit, key = begun(people), uuid4()

    assert problem(visit, people, key=key) == problem(visit, people, key=key)
    assert problem(visit, people, key=uuid4()) != problem(visit, people, key=key)


def test_a_problem_without_words_is_refused(people):
    with pytest.raises(ValidationError):
        problem(begun(people), people, facts={"text": "  "})


def test_an_item_with_a_problem_cannot_be_said_to_comply(people):
    visit = begun(people, edition := government_list())
    item = edition.items.first()
    problem(visit, people, item=item)

    with pytest.raises(ValidationError):
        services.answer(visit, item.pk, result="pass", by=people.county, at=AT + timedelta(minutes=5))


def test_a_failing_item_with_a_problem_lets_the_visit_end(people):
    visit = begun(people, edition := government_list())
    item = edition.items.first()
    services.answer(visit, item.pk, result="fail", by=people.county, at=AT)
    with pytest.raises(VerbRefused):
        services.finish_visit(visit, outcome="found", by=people.county, at=AT)

    problem(visit, people, item=item)
    assert services.finish_visit(visit, outcome="found", by=people.county, at=AT).state == "finished"


def test_nothing_found_does_not_fit_a_visit_with_a_problem(people):
    visit = begun(people)
    problem(visit, people)

    with pytest.raises(ValidationError):
        services.finish_visit(visit, outcome="nothing", by=people.county, at=AT)


def test_at_an_enterprise_nobody_records_a_problem_of_a_body(people, enterprise):
    visit = patrolled(people, enterprise)

    with pytest.raises(ValidationError):
        problem(visit, people, by=people.grid)


def test_a_hazard_seen_on_the_way_is_a_real_hazard(people, enterprise):
    visit = begun(people)
    facts = {"description": "安全出口锁闭", "place": "一车间", "category": "fire"}

    hazard = services.find_hazard(visit, facts=facts, enterprise=enterprise, by=people.county, at=AT)

    assert Hazard.objects.get() == hazard
    assert (hazard.source, hazard.enterprise, hazard.state) == ("supervision", enterprise, "reported")


def test_the_body_itself_adds_nothing_to_the_visit(people):
    visit = begun(people)
    with pytest.raises(PermissionDenied):
        problem(visit, people, by=people.town)


def test_after_the_end_no_problem_is_added(people):
    visit = begun(people)
    problem(visit, people)
    services.finish_visit(visit, outcome="found", by=people.county, at=AT)

    with pytest.raises(VerbRefused):
        problem(visit, people, facts={**PROBLEM, "text": "迟来的问题"})
