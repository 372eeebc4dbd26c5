"""Two devices at the same visit at the same moment, on real connections."""

from uuid import uuid4

import pytest

from inspections import services
from inspections.models import Answer, Visit
from inspections.visits.signals import visit_finished
from lifecycle.models import StateChange
from lifecycle.refusals import WrongState
from tests.at_once import at_once
from tests.factories.inspections import make_edition, ready, under_way
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
