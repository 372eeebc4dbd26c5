"""Two devices at the same visit at the same moment, on real connections."""

from uuid import uuid4

import pytest

from inspections import services
from inspections.models import Answer, Visit
from inspections.visits.signals import visit_finished
from lifecycle.models import StateChange
from lifecycle.refusals import WrongState
from tests.at_once import at_once, refusals
from tests.factories.inspections import finished, make_edition, planned, ready, under_way
from tests.factories.rulebook import make_parameter
from tests.people import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_devices_one_finishes_and_the_other_learns_it(people, enterprise):
    visit = ready(people, enterprise, make_edition(2))
    heard = []
    visit_finished.connect(listen := lambda sender, **facts: heard.append(facts["by"]), weak=False)
    try:
        answers = at_once(
            *(
                lambda by=by: services.finish_visit(
                    Visit.objects.get(pk=visit.pk), outcome="nothing", by=by, at=AT
                )
                for by in (people.officer, people.second_officer)
            )
        )
    finally:
        visit_finished.disconnect(listen)
    assert sorted(type(one).__name__ for one in answers) == ["AlreadyDone", "Visit"]
    assert StateChange.objects.filter(verb="finish_visit").count() == 1
    assert len(heard) == 1


def test_an_answer_at_the_moment_of_the_end_stands_or_is_refused_but_is_never_lost(people, enterprise):
    edition = make_edition(1)
    visit = ready(people, enterprise, edition)
    item = edition.items.get().pk
    finished, answered = at_once(
        lambda: services.finish_visit(
            Visit.objects.get(pk=visit.pk), outcome="nothing", by=people.officer, at=AT
        ),
        lambda: services.answer(visit, item, result="na", by=people.second_officer, at=AT),
    )
    row = Answer.objects.get()
    assert finished.state == "finished"
    assert row.result == ("pass" if isinstance(answered, WrongState) else "na")


def test_two_devices_answering_one_item_leave_one_answer(people, enterprise):
    edition = make_edition(1)
    visit = under_way(people, enterprise, edition)
    item = edition.items.get().pk
    at_once(
        *(
            lambda by=by: services.answer(visit, item, result="pass", device_time=AT, by=by, at=AT)
            for by in (people.officer, people.second_officer)
        )
    )
    assert Answer.objects.count() == 1


def test_a_form_sent_twice_at_once_is_one_visit(people, enterprise):
    key = uuid4()
    first, second = at_once(
        *(
            lambda: services.open_visit(enterprise, kind="grid_patrol", by=people.grid, at=AT, key=key)
            for _ in range(2)
        )
    )
    assert first == second
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(("cap", "refused"), [(2, 1), (3, 0)])
def test_two_officers_who_begin_the_last_inspection_of_the_year_begin_as_many_as_are_left(
    people, enterprise, cap, refused
):
    make_parameter("INSPECTION_YEAR_CAP", cap, jurisdiction="370523", unit="count")
    finished(people, enterprise)
    visits = [planned(people, enterprise) for _ in range(2)]

    done = at_once(
        *(
            lambda visit=visit, by=by: services.start_visit(visit, by=by, at=AT)
            for visit, by in zip(visits, (people.officer, people.second_officer), strict=True)
        )
    )

    assert refusals(done) == refused
    assert Visit.objects.exclude(state="planned").count() == cap
