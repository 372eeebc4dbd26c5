"""The clock of an unfinished visit counts from leaving the site, which the last thing done there shows."""

from datetime import timedelta

import pytest

from deadlines.models import Deadline, DeadlineEvent, DeadlineState
from deadlines.sweeping import sweep
from inspections import services
from tests.factories.inspections import make_edition, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


@pytest.fixture
def visit(people, enterprise):
    return under_way(people, enterprise, make_edition(2))


def answered(visit, people, at):
    services.answer(visit, visit.editions.get().items.first().pk, result="pass", by=people.officer, at=at)


def clock(visit) -> Deadline:
    return Deadline.objects.of(visit).get(rule="inspections.finish")


def test_a_visit_on_which_nothing_is_done_lapses_a_day_after_it_began(visit):
    sweep(AT + DAY)

    assert clock(visit).state == DeadlineState.BREACHED


def test_work_on_the_second_day_puts_it_off(visit, people):
    last = AT + timedelta(hours=22)
    answered(visit, people, last)

    sweep(AT + DAY)
    assert (clock(visit).state, clock(visit).due_at) == (DeadlineState.RUNNING, last + DAY)
    assert not DeadlineEvent.objects.filter(deadline=clock(visit)).exists()

    sweep(last + DAY)
    assert clock(visit).state == DeadlineState.BREACHED


def test_finished_within_a_day_of_the_last_thing_done_it_is_met_though_no_sweep_came(visit, people):
    last = AT + timedelta(hours=22)
    answered(visit, people, last)
    services.cancel_visit(visit, reason="改期", by=people.county, at=last + timedelta(hours=3))

    assert clock(visit).state == DeadlineState.MET


def test_what_has_lapsed_is_not_called_back_by_a_later_answer(visit, people):
    sweep(AT + DAY)
    answered(visit, people, AT + timedelta(hours=30))
    sweep(AT + timedelta(hours=31))

    assert clock(visit).state == DeadlineState.BREACHED
