"""Who is told about self-checks and patrols, and on whose work list they stand."""

from datetime import timedelta

import pytest

from deadlines.sweeping import sweep
from inbox.models import Message
from inbox.outbox import dispatch
from inbox.worklist import lines, owed
from inspections import services
from tests.factories.self_checks import accepted, composed, make_route, stop_of, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
LATE = AT + timedelta(days=130)


def told(user, code):
    return Message.objects.filter(user=user, code=f"inspections.{code}").exists()


def work(user):
    return [line.row.label for line in lines(list(owed(user.scope.entries, person=user)), user=user)]


def steps(user):
    return [line.row.step_url for line in lines(list(owed(user.scope.entries, person=user)), user=user)]


def test_the_town_hears_of_a_list_handed_in(people, enterprise):
    row = submitted(people, enterprise)
    dispatch(at=AT)

    assert told(people.town, "list_submitted")
    assert steps(people.town) == [row.get_absolute_url()]


def test_the_enterprise_hears_of_acceptance_and_of_return(people, enterprise):
    services.return_list(submitted(people, enterprise), reason="缺项", by=people.town, at=AT)
    dispatch(at=AT)
    assert told(people.enterprise, "list_returned")
    row = services.submit_list(
        enterprise.self_check_lists.get(), by=people.enterprise, at=AT + timedelta(minutes=1)
    )
    services.accept_list(row, by=people.town, at=AT + timedelta(minutes=2))
    dispatch(at=AT + timedelta(minutes=3))

    assert told(people.enterprise, "list_accepted")


def test_a_list_being_composed_stands_on_the_enterprises_work_list(people, enterprise):
    composed(people, enterprise)

    assert len(work(people.enterprise)) == 1
    assert work(people.town) == []


def test_the_check_stands_with_the_enterprise_and_with_the_town_only_when_missed(people, enterprise):
    row = accepted(people, enterprise)
    assert steps(people.enterprise) == [f"{row.get_absolute_url()}check/"]
    assert work(people.town) == []

    sweep(LATE)
    dispatch(at=LATE)

    assert steps(people.town) == [row.get_absolute_url()]
    assert told(people.enterprise, "self_check_lapsed")
    assert told(people.town, "self_check_neglected")
    assert told(people.county, "self_check_neglected")


def test_a_missed_patrol_stands_with_the_grid_worker_and_the_town(people, enterprise):
    stop = stop_of(make_route(people), enterprise)
    begin = f"/inspections/patrols/stops/{stop.pk}/begin/"
    assert steps(people.grid) == [begin]
    assert work(people.town) == []

    sweep(LATE)
    dispatch(at=LATE)

    assert steps(people.grid) == [begin]
    assert steps(people.town) == [stop.route.get_absolute_url()]
    assert told(people.grid, "patrol_missed")
    assert told(people.town, "patrol_missed")
    assert not told(people.enterprise, "patrol_missed")
