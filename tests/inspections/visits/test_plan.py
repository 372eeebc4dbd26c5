"""Planning a visit, and beginning one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Post, Role
from deadlines.services import running
from inspections import services
from inspections.models import Visit
from inspections.visits.positions import Position
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.inspections import certify, make_edition, make_items, planned, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db
HERE = Position(37.0, 118.5, 20)


def test_a_planned_visit_has_a_number_and_a_clock_until_its_day(people, enterprise):
    visit = planned(people, enterprise, planned_on=date(2026, 3, 12))
    assert visit.number == "JC370523202603100001"
    assert running(visit, "inspections.carry_out").due_at.date() == date(2026, 3, 12)


def test_the_planner_who_carries_it_out_leads(people, enterprise):
    visit = planned(people, enterprise)
    assert [(one.user, one.is_lead) for one in visit.participants.all()] == [
        (people.officer, True),
        (people.second_officer, False),
    ]


def test_the_same_form_sent_twice_is_one_visit(people, enterprise):
    key = uuid4()
    first, second = (
        services.open_visit(enterprise, kind="grid_patrol", by=people.grid, at=AT, key=key) for _ in range(2)
    )
    assert first == second
    assert Visit.objects.count() == 1


def test_a_grid_worker_cannot_plan_an_inspection(people, enterprise):
    with pytest.raises(VerbRefused, match="your post may not carry it out"):
        services.plan_visit(enterprise, kind="inspection", by=people.grid, at=AT)
    assert not Visit.objects.exists()


def test_an_officer_of_another_district_does_not_find_the_enterprise(people, enterprise):
    with pytest.raises(enterprise.DoesNotExist):
        services.plan_visit(enterprise, kind="inspection", by=people.other_county, at=AT)


def test_a_post_elsewhere_does_not_make_a_grid_worker_an_inspector_here(people, enterprise):
    Post.objects.create(
        user=people.grid,
        role=Role.OFFICER,
        region_id="370522",
        organisation=people.other_county.organisation,
        from_on=date(2025, 1, 1),
    )
    with pytest.raises(VerbRefused, match="your post may not carry it out"):
        services.plan_visit(enterprise, kind="inspection", by=people.grid, at=AT)


def test_a_grid_worker_does_not_take_part_in_an_inspection(people, enterprise):
    with pytest.raises(ValidationError, match="冯守田"):
        planned(people, enterprise, others=[people.grid])


def test_an_expert_assists_but_is_no_certified_officer(people, enterprise):
    certify(people.officer, people.expert)
    visit = planned(people, enterprise, others=[people.expert])
    assert people.expert in visit.people.all()
    with pytest.raises(VerbRefused, match="the law wants 2"):
        services.start_visit(visit, by=people.officer, at=AT)


def test_an_inspection_begins_with_two_certified_officers(people, enterprise):
    visit = under_way(people, enterprise)
    assert visit.state == "under_way"
    assert all(one.certificate_number for one in visit.participants.all())
    assert running(visit, "inspections.carry_out") is None
    assert running(visit, "inspections.finish").due_at == AT + timedelta(hours=24)


def test_a_certificate_that_has_run_out_does_not_count(people, enterprise):
    certify(people.officer)
    certify(people.second_officer, until=date(2026, 3, 9))
    visit = planned(people, enterprise)
    with pytest.raises(VerbRefused, match="the law wants 2"):
        services.start_visit(visit, by=people.officer, at=AT)


def test_who_does_not_take_part_does_not_begin_an_inspection(people, enterprise):
    visit = planned(people, enterprise)
    with pytest.raises(VerbRefused, match="You do not take part"):
        services.start_visit(visit, by=people.county, at=AT)


def test_a_checklist_out_of_use_is_not_chosen(people, enterprise):
    edition = make_edition()
    type(edition).objects.update(state="withdrawn")
    edition.refresh_from_db()
    with pytest.raises(ValidationError, match="is not in use"):
        planned(people, enterprise, edition)


def test_a_checklist_for_government_bodies_is_not_used_at_an_enterprise(people, enterprise):
    with pytest.raises(ValidationError, match="is not made for this"):
        planned(people, enterprise, make_edition(purpose="government"))


def test_items_in_two_checklists_are_asked_once(people, enterprise):
    items = make_items(3)
    visit = planned(people, enterprise, editions=[make_edition(items=items), make_edition(items=items[:2])])
    assert services.start_visit(visit, by=people.officer, at=AT).item_count == 3


def test_a_visit_does_not_begin_in_the_future(people, enterprise):
    visit = planned(people, enterprise)
    with pytest.raises(ValidationError, match="lies in the future"):
        services.start_visit(visit, started_at=AT + timedelta(hours=1), by=people.officer, at=AT)


def test_the_town_plans_a_patrol_that_the_grid_worker_carries_out(people, enterprise):
    visit = services.plan_visit(enterprise, kind="grid_patrol", people=[people.grid], by=people.town, at=AT)
    assert visit.participants.get().is_lead
    assert services.start_visit(visit, by=people.grid, at=AT).state == "under_way"


def test_who_only_plans_a_patrol_does_not_carry_it_out(people, enterprise):
    visit = services.plan_visit(enterprise, kind="grid_patrol", people=[people.grid], by=people.town, at=AT)
    with pytest.raises(VerbRefused, match="your post may not carry it out"):
        services.start_visit(visit, by=people.town, at=AT)


def test_an_expert_carries_out_the_visit_to_which_they_are_asked(people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.expert], by=people.county, at=AT)
    assert services.start_visit(visit, by=people.expert, at=AT).started_by == people.expert


def test_an_expert_who_is_not_asked_sees_no_visit(people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.agency], by=people.county, at=AT)
    with pytest.raises(Visit.DoesNotExist):
        services.start_visit(visit, by=people.expert, at=AT)


def test_a_body_does_not_look_into_itself(people):
    with pytest.raises(VerbRefused, match="your own body"):
        services.plan_visit(people.county.organisation, kind="supervision", by=people.county, at=AT)


def test_the_body_looked_at_does_not_begin_its_own_supervision(people):
    visit = services.plan_visit(people.county.organisation, kind="supervision", by=people.city, at=AT)
    with pytest.raises(VerbRefused, match="your post may not carry it out"):
        services.start_visit(visit, by=people.county, at=AT)


def test_the_body_looked_at_does_not_call_it_off(people):
    visit = services.plan_visit(people.county.organisation, kind="supervision", by=people.city, at=AT)
    with pytest.raises(VerbRefused, match="cancels it"):
        services.cancel_visit(visit, reason="忙", by=people.county, at=AT)


def test_a_planned_visit_is_called_off_with_a_reason(people, enterprise):
    visit = planned(people, enterprise)
    with pytest.raises(VerbRefused, match="needs a reason"):
        services.cancel_visit(visit, reason=" ", by=people.officer, at=AT)
    assert services.cancel_visit(visit, reason="企业停产", by=people.officer, at=AT).state == "cancelled"
    assert running(visit, "inspections.carry_out") is None


def test_the_enterprise_does_not_see_what_is_planned(people, enterprise):
    visit = planned(people, enterprise)
    with pytest.raises(Visit.DoesNotExist):
        services.cancel_visit(visit, reason="改天", by=people.enterprise, at=AT)


def test_a_visit_on_the_spot_that_is_refused_leaves_nothing_behind(people, enterprise):
    with pytest.raises(VerbRefused, match="the law wants 2"):
        services.open_visit(enterprise, kind="inspection", by=people.officer, at=AT, position=HERE)
    assert not Visit.objects.exists()


def test_the_auditor_plans_nothing(people, enterprise):
    with pytest.raises((enterprise.DoesNotExist, NotPermitted)):
        services.plan_visit(enterprise, kind="inspection", by=people.auditor, at=AT)


@pytest.mark.parametrize(("who", "words"), [("grid", "Begin the patrol"), ("officer", "Begin the visit")])
def test_who_only_patrols_is_not_told_to_inspect(sign_in, people, who, words):
    person = getattr(people, who)
    person.language = "en"
    person.save()
    browser = sign_in(person)
    assert words in browser.get(reverse("inspections:visits")).content.decode()
    assert f"<h1>{words}</h1>" in browser.get(reverse("inspections:open_visit")).content.decode()
