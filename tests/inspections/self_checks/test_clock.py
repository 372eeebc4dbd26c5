"""The clock of self-checks: settled by a check, lapsed without one, silent where nobody works."""

from datetime import timedelta
from uuid import UUID

import pytest

from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from inspections import services
from inspections.models import Answer, SelfCheckList, Visit
from inspections.self_checks.clock import begin_again, bring_forward, look_after_self_checks, pause_stopped
from lifecycle.refusals import VerbRefused
from tests.factories.enterprises import make_enterprise
from tests.factories.inspections import make_edition
from tests.factories.self_checks import accepted, clock_of, day, self_checked, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
RULE = "inspections.self_check"
LATER = AT + timedelta(days=5)


def stop(enterprise, **facts):
    Enterprise.objects.filter(pk=enterprise.pk).update(
        **{"operating_status": "suspended_self", "stop_checked_until": day(AT, 60), **facts}
    )


def test_a_finished_check_settles_the_clock_and_starts_the_next_one(people, enterprise):
    row = accepted(people, enterprise, cycle_days=10)
    first = clock_of(row, RULE)

    self_checked(people, row, at=LATER)

    first.refresh_from_db()
    row.refresh_from_db()
    assert first.state == DeadlineState.MET
    assert (row.last_check_at, row.next_check_on) == (LATER, day(LATER, 10))
    assert clock_of(row, RULE).due_on == day(LATER, 10)


@pytest.mark.parametrize(("typed_in_after", "due_after"), [(7, 15), (40, 40)])
def test_after_a_check_typed_in_later_the_next_one_counts_from_the_day_of_the_check(
    people, enterprise, typed_in_after, due_after
):
    row = accepted(people, enterprise, cycle_days=10)
    typed_in = AT + timedelta(days=typed_in_after)
    visit = services.begin_self_check(row, by=people.enterprise, at=LATER)
    services.answer_rest(visit, by=people.enterprise, at=LATER)
    services.finish_visit(visit, outcome="nothing", ended_at=LATER, by=people.enterprise, at=typed_in)

    row.refresh_from_db()
    # Ten days on, but no day that is over already.
    assert (row.last_check_at, row.next_check_on) == (LATER, day(AT, due_after))
    assert clock_of(row, RULE).due_on == row.next_check_on


def test_a_check_that_left_items_unchecked_does_not_count(people, enterprise):
    row = accepted(people, enterprise)
    visit = services.begin_self_check(row, by=people.enterprise, at=LATER)
    services.answer(visit, row.lines.first().item_id, result="pass", by=people.enterprise, at=LATER)
    services.finish_visit(visit, outcome="nothing", by=people.enterprise, at=LATER)

    row.refresh_from_db()
    assert row.last_check_at is None
    assert row.next_check_on.isoformat() == "2026-04-10"


def test_a_check_not_done_lapses_and_stays_owed_until_it_is_done(people, enterprise):
    row = accepted(people, enterprise, cycle_days=10)
    late = AT + timedelta(days=12)
    sweep(late)
    assert clock_of(row, RULE).state == DeadlineState.BREACHED

    self_checked(people, row, at=late)

    kept = Deadline.objects.of(row).filter(rule=RULE, state=DeadlineState.BREACHED).get()
    assert kept.settled_at == late
    assert clock_of(row, RULE).due_on == day(late, 10)


def test_one_tap_says_that_all_complies_and_every_answer_says_that_it_was_one_tap(people, enterprise):
    row = accepted(people, enterprise)

    visit = self_checked(people, row)

    assert (visit.state, visit.outcome, visit.kind) == ("finished", "nothing", "self_check")
    assert list(Answer.objects.filter(visit=visit).values_list("result", "at_once")) == [("pass", True)] * 3


def test_the_tap_sent_twice_is_one_check(people, enterprise):
    row = accepted(people, enterprise)
    key = UUID("7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77")

    done = [services.report_all_well(row, key=key, by=people.enterprise, at=LATER) for _ in range(2)]

    assert done[0] == done[1]
    assert Visit.objects.count() == 1


def test_the_tap_that_ends_a_check_begun_before_is_one_check_however_often_it_is_sent(people, enterprise):
    row = accepted(people, enterprise)
    begun = services.begin_self_check(row, by=people.enterprise, at=LATER)
    key = UUID("7f9c24e8-3b12-4c1e-9a55-0d2f3a1c6b77")

    done = [services.report_all_well(row, key=key, by=people.enterprise, at=LATER) for _ in range(2)]

    assert done == [begun, begun]
    assert Visit.objects.count() == 1


def test_what_was_found_before_the_tap_is_not_wiped_out_by_it(people, enterprise):
    row = accepted(people, enterprise)
    visit = services.begin_self_check(row, by=people.enterprise, at=LATER)
    services.answer(visit, row.lines.first().item_id, result="fail", by=people.enterprise, at=LATER)

    with pytest.raises(VerbRefused, match="neither a hazard nor a reason"):
        services.report_all_well(row, by=people.enterprise, at=LATER)
    assert Answer.objects.get(visit=visit).result == "fail"


def test_a_check_begun_is_gone_on_with(people, enterprise):
    row = accepted(people, enterprise)

    begun = [services.begin_self_check(row, by=people.enterprise, at=LATER) for _ in range(2)]

    assert begun[0] == begun[1]
    assert Visit.objects.count() == 1


def test_only_the_enterprise_checks_itself(people, enterprise):
    row = accepted(people, enterprise)

    with pytest.raises(VerbRefused):
        services.begin_self_check(row, by=people.town, at=LATER)


def test_a_seen_stop_pauses_the_clock_and_work_resumed_starts_it_anew(people, enterprise):
    row = accepted(people, enterprise)
    stop(enterprise)
    assert pause_stopped(at=LATER) == 1
    row.refresh_from_db()
    assert (row.next_check_on, clock_of(row, RULE)) == (None, None)
    assert begin_again(at=LATER) == 0

    stop(enterprise, operating_status="normal", stop_checked_until=None)

    assert begin_again(at=LATER) == 1
    assert clock_of(row, RULE).due_on.isoformat() == "2026-04-15"


def test_a_stop_that_nobody_has_seen_pauses_nothing(people, enterprise):
    row = accepted(people, enterprise)
    stop(enterprise, stop_checked_until=None)

    assert pause_stopped(at=LATER) == 0
    assert clock_of(row, RULE) is not None


def test_a_list_accepted_while_the_enterprise_stands_still_waits_for_work(people, enterprise):
    row = submitted(people, enterprise)
    stop(enterprise)

    row = services.accept_list(row, by=people.town, at=AT)

    assert (row.next_check_on, clock_of(row, RULE)) == (None, None)


def test_a_risk_that_has_risen_brings_the_check_forward(people, enterprise):
    row = accepted(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])

    assert bring_forward(at=LATER) == 1
    row.refresh_from_db()
    assert row.next_check_on == day(LATER, 7)
    assert clock_of(row, RULE).due_on == day(LATER, 7)


def test_a_night_without_news_moves_nothing(people, enterprise):
    row = accepted(people, enterprise)
    before = clock_of(row, RULE)

    assert look_after_self_checks(at=LATER) == (0, 0, 0)
    assert clock_of(row, RULE) == before


def test_the_night_takes_as_many_statements_for_thirty_as_for_one(
    people, enterprise, django_assert_max_num_queries
):
    edition = make_edition(1)
    rows = [accepted(people, enterprise, editions=[edition])]
    for serial in range(29):
        rows.append(copy_for_new_enterprise(rows[0], serial))
    SelfCheckList.objects.update(next_check_on=None)
    Deadline.objects.filter(rule=RULE).delete()

    with django_assert_max_num_queries(30):
        assert begin_again(at=LATER) == 30


def copy_for_new_enterprise(row, serial):
    return SelfCheckList.objects.create(
        enterprise=make_enterprise(),
        number=1,
        cycle_days=30,
        item_count=1,
        state="accepted",
        state_since=AT,
        version=1,
        created_at=AT,
    )
