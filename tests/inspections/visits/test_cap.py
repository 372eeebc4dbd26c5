"""The yearly cap of inspections of one enterprise (国办发〔2024〕54号)."""

from datetime import timedelta

import pytest

from inspections import services
from inspections.models import Visit
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.inspections import finished, planned
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(people, enterprise) -> Visit:
    """A planned inspection of an enterprise that has had its four this year."""
    done = finished(people, enterprise)
    for n in range(3):
        done.pk, done.number, done.submission_key = None, f"JC-{n}", None
        done._state.adding = True
        done.save()
    return planned(people, enterprise, at=AT + timedelta(hours=2))


def begin(visit, people):
    return services.start_visit(visit, by=people.officer, at=AT + timedelta(hours=2))


def test_the_fifth_inspection_of_the_year_does_not_begin(people, full):
    with pytest.raises(VerbRefused, match="4 of its yearly 4"):
        begin(full, people)


def test_with_the_agreement_of_a_leader_it_begins(people, full):
    services.agree_over_cap(full, reason="上级专项部署", by=people.leader, at=AT + timedelta(hours=2))
    visit = begin(full, people)
    assert (visit.state, visit.over_cap_by, visit.over_cap_reason) == (
        "under_way",
        people.leader,
        "上级专项部署",
    )


def test_an_officer_does_not_agree(people, full):
    with pytest.raises(NotPermitted):
        services.agree_over_cap(full, reason="想去", by=people.officer, at=AT)


def test_nobody_agrees_to_their_own_inspection(people, enterprise, full):
    full.participants.create(user=people.leader)
    with pytest.raises(VerbRefused, match="You take part"):
        services.agree_over_cap(full, reason="想去", by=people.leader, at=AT + timedelta(hours=2))


def test_last_years_inspections_do_not_count(people, full):
    Visit.objects.filter(state="finished").update(started_at=AT - timedelta(days=200))
    assert begin(full, people).state == "under_way"


def test_a_patrol_stands_under_no_cap(people, enterprise, full):
    assert services.open_visit(enterprise, kind="grid_patrol", by=people.grid, at=AT).state == "under_way"


def test_an_inspection_for_a_complaint_is_agreed_to_by_a_leader(people, enterprise):
    visit = planned(people, enterprise, trigger="complaint")
    with pytest.raises(VerbRefused, match="agreed to by a leader"):
        services.start_visit(visit, by=people.officer, at=AT)
    services.agree_over_cap(visit, reason="群众举报属实", by=people.leader, at=AT)
    assert services.start_visit(visit, by=people.officer, at=AT).state == "under_way"


def test_where_the_cap_is_not_reached_there_is_nothing_to_agree_to(people, enterprise):
    with pytest.raises(VerbRefused, match="not reached"):
        services.agree_over_cap(planned(people, enterprise), reason="先批", by=people.leader, at=AT)
