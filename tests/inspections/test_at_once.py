"""Two people, or two workers of the night, at the same moment: nothing is doubled, and nothing fails."""

from datetime import timedelta

import pytest

from deadlines.models import Deadline
from inspections import services as verbs
from inspections.doubts import services as doubts
from inspections.figures.months import count_conduct
from inspections.models import (
    ConductMonth,
    Doubt,
    Edition,
    PatrolStop,
    SelfCheckList,
    Standing,
)
from inspections.patrols.clock import lay_stops
from inspections.self_checks.clock import look_after_self_checks
from lifecycle.models import StateChange
from tests.at_once import at_once, refusals
from tests.factories.enterprises import make_enterprise
from tests.factories.figures import standing as hazard
from tests.factories.inspections import make_edition
from tests.factories.library import draft, published
from tests.factories.self_checks import accepted, make_route, self_checked, stop_of, submitted
from tests.people import AT, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(days=5)
GRID = "370523101001001"


def open_clocks(rule: str) -> list[int]:
    """The records on which a clock of the rule runs, one entry for each clock."""
    return sorted(Deadline.objects.open().filter(rule=rule).values_list("target_id", flat=True))


# Self-check lists


def test_of_two_officers_one_accepts_the_list(people, enterprise):
    row = submitted(people, enterprise)

    done = at_once(
        *(lambda by=by: verbs.accept_list(row, by=by, at=AT) for by in (people.town, people.county))
    )

    assert refusals(done) == 1
    assert StateChange.objects.filter(verb="accept_list").count() == 1
    assert open_clocks("inspections.self_check") == [row.pk]


def test_a_list_accepted_and_returned_at_once_is_one_of_both(people, enterprise):
    row = submitted(people, enterprise)

    done = at_once(
        lambda: verbs.accept_list(row, by=people.town, at=AT),
        lambda: verbs.return_list(row, reason="缺项", by=people.county, at=AT),
    )

    row.refresh_from_db()
    assert refusals(done) == 1
    assert (row.state, bool(row.accepted_at), bool(row.returned_reason)) in {
        ("accepted", True, False),
        ("draft", False, True),
    }
    assert bool(open_clocks("inspections.self_check")) == (row.state == "accepted")


def test_two_colleagues_who_begin_a_list_begin_one(people, enterprise):
    done = at_once(*[lambda: verbs.compose_list(enterprise, by=people.enterprise, at=AT)] * 2)

    assert refusals(done) == 1
    assert SelfCheckList.objects.get().number == 1


def test_a_check_that_ends_while_its_list_is_replaced_leaves_one_clock(people, enterprise):
    before = accepted(people, enterprise)
    following = submitted(people, enterprise, editions=[])

    at_once(
        lambda: self_checked(people, before, at=LATER),
        lambda: verbs.accept_list(following, by=people.town, at=LATER),
    )

    assert SelfCheckList.objects.get(state="accepted") == following
    assert open_clocks("inspections.self_check") == [following.pk]


# The library


def test_of_two_reviewers_one_publishes(people):
    edition = verbs.submit_edition(draft(people), by=people.city, at=AT)
    people.leader.post_set.update(role="legal")

    done = at_once(
        *(lambda by=by: verbs.publish_edition(edition, by=by, at=AT) for by in (people.legal, people.leader))
    )

    assert refusals(done) == 1
    assert StateChange.objects.filter(verb="publish_edition").count() == 1


def test_two_drafts_of_the_next_edition_begun_at_once_are_one(people):
    first = published(people)

    done = at_once(*[lambda: verbs.draft_edition(first.checklist, by=people.city, at=LATER)] * 2)

    assert refusals(done) == 1
    assert Edition.objects.filter(checklist=first.checklist, state="draft").count() == 1


# Patrols


def test_two_patrols_of_one_stop_that_end_at_once_leave_one_clock(people, enterprise):
    stop = stop_of(make_route(people), enterprise)
    second = make_user("second_grid", "赵守义", "grid", region_id="370523101001", grid_code=GRID)
    patrols = {by: verbs.begin_patrol(stop, by=by, at=LATER) for by in (people.grid, second)}

    done = at_once(
        *(
            lambda visit=visit, by=by: verbs.finish_visit(visit, outcome="nothing", by=by, at=LATER)
            for by, visit in patrols.items()
        )
    )

    stop.refresh_from_db()
    assert refusals(done) == 0
    assert stop.last_at == LATER
    assert open_clocks("inspections.patrol") == [stop.pk]


# The night: a pass that runs twice, because the first one takes long or its message was delivered again


def test_two_passes_over_routes_lists_and_months_double_nothing(people, enterprise):
    make_route(people)
    row = accepted(people, enterprise, editions=[make_edition(1)])
    for _ in range(4):
        hazard(make_enterprise(grid_id=GRID))
    SelfCheckList.objects.update(next_check_on=None)
    Deadline.objects.filter(rule="inspections.self_check").delete()

    at_once(*[night] * 2)

    stops = sorted(PatrolStop.objects.values_list("pk", flat=True))
    assert len(stops) == 5
    assert open_clocks("inspections.patrol") == stops
    assert open_clocks("inspections.self_check") == [row.pk]
    assert Standing.objects.count() == 6
    assert sum(ConductMonth.objects.values_list("found", flat=True)) == 4


def night() -> None:
    """What the worker does every night, doubts apart."""
    lay_stops(at=LATER)
    look_after_self_checks(at=LATER)
    count_conduct(at=LATER)


def test_two_passes_for_doubts_raise_each_once(people, enterprise, other_enterprise):
    for day in (1, 8, 15):
        hazard(enterprise, found_at=AT + timedelta(days=day))
        hazard(other_enterprise, found_at=AT + timedelta(days=day))

    raised = at_once(*[lambda: doubts.find_doubts(at=AT + timedelta(days=20))] * 2)

    assert sum(up for up, _down in raised) == Doubt.objects.count() == 2
    assert StateChange.objects.filter(verb="raise_doubt").count() == 2


def test_two_passes_drop_a_doubt_once(people, enterprise):
    rows = [hazard(enterprise, found_at=AT + timedelta(days=day)) for day in (1, 8, 15)]
    doubts.find_doubts(at=AT + timedelta(days=20))
    type(rows[0]).objects.filter(pk=rows[0].pk).update(state="not_hazard")

    dropped = at_once(*[lambda: doubts.find_doubts(at=AT + timedelta(days=21))] * 2)

    assert sum(down for _up, down in dropped) == 1
    assert StateChange.objects.filter(verb="drop_doubt").count() == 1
