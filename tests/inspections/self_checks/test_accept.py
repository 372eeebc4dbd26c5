"""The list is handed in, accepted or returned, and replaces the one before."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from deadlines.models import DeadlineState, EventKind
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from inspections import services
from inspections.models import SelfCheckList
from lifecycle.refusals import NotPermitted, VerbRefused
from tests.factories.self_checks import accepted, clock_of, composed, day, self_checked, submitted
from tests.people import AT

pytestmark = pytest.mark.django_db
RULE = "inspections.self_check"


def test_an_empty_list_is_not_handed_in(people, enterprise):
    row = composed(people, enterprise, editions=[])

    with pytest.raises(VerbRefused, match="no items"):
        services.submit_list(row, by=people.enterprise, at=AT)


def test_a_shorter_cycle_may_be_chosen(people, enterprise):
    assert submitted(people, enterprise, cycle_days=10).cycle_days == 10


@pytest.mark.parametrize("days", [31, 400])
def test_checks_rarer_than_the_risk_allows_are_refused(people, enterprise, days):
    row = composed(people, enterprise)

    with pytest.raises(ValidationError, match="every 30 days"):
        services.submit_list(row, cycle_days=days, by=people.enterprise, at=AT)
    row.refresh_from_db()
    assert row.state == "draft"


def test_the_clock_of_acceptance_runs_while_the_list_waits(people, enterprise):
    row = submitted(people, enterprise)

    assert clock_of(row, "inspections.accept_list").due_on == day(AT, 14)
    assert clock_of(row, "inspections.compose_list") is None


def test_the_first_check_is_due_one_cycle_after_acceptance(people, enterprise):
    row = accepted(people, enterprise, cycle_days=10)

    assert row.next_check_on == day(AT, 10)
    assert clock_of(row, RULE).due_on == day(AT, 10)


def test_a_monthly_check_keeps_its_day_of_the_month(people, enterprise):
    row = accepted(people, enterprise)

    assert row.cycle_days == 30
    assert row.next_check_on.isoformat() == "2026-04-10"


def test_a_risk_that_rose_meanwhile_shortens_the_cycle_at_acceptance(people, enterprise):
    row = submitted(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])

    row = services.accept_list(row, by=people.town, at=AT)

    assert (row.cycle_days, row.next_check_on) == (7, day(AT, 7))


def test_the_enterprise_does_not_accept_its_own_list(people, enterprise):
    row = submitted(people, enterprise)

    with pytest.raises(NotPermitted):
        services.accept_list(row, by=people.enterprise, at=AT)


def test_a_town_elsewhere_does_not_find_it(people, enterprise):
    row = submitted(people, enterprise)

    with pytest.raises(SelfCheckList.DoesNotExist):
        services.accept_list(row, by=people.other_town, at=AT)


def test_a_returned_list_is_worked_on_again_and_its_reason_stands(people, enterprise):
    row = services.return_list(
        submitted(people, enterprise), reason="缺少喷漆房检查项", by=people.town, at=AT
    )

    assert (row.state, row.returned_reason) == ("draft", "缺少喷漆房检查项")
    assert clock_of(row, "inspections.compose_list") is not None
    assert services.submit_list(row, by=people.enterprise, at=AT).returned_reason == ""


def test_returning_needs_a_reason(people, enterprise):
    with pytest.raises(VerbRefused, match="reason"):
        services.return_list(submitted(people, enterprise), reason=" ", by=people.town, at=AT)


def test_an_accepted_list_replaces_the_one_before_with_its_clock(people, enterprise):
    first = accepted(people, enterprise)
    later = AT + timedelta(days=3)

    second = accepted(people, enterprise, editions=[], at=later)

    first.refresh_from_db()
    assert (first.state, first.next_check_on, second.state) == ("superseded", None, "accepted")
    assert clock_of(first, RULE) is None
    assert clock_of(second, RULE).due_on == second.next_check_on


def test_a_new_list_does_not_put_off_the_check_that_is_owed(people, enterprise):
    accepted(people, enterprise, cycle_days=10)

    second = accepted(people, enterprise, editions=[], at=AT + timedelta(days=8))

    assert second.next_check_on == clock_of(second, RULE).due_on == day(AT, 10)


def test_a_new_list_does_not_wipe_out_a_check_that_is_late(people, enterprise):
    accepted(people, enterprise, cycle_days=10)
    late = AT + timedelta(days=12)
    sweep(late)

    second = accepted(people, enterprise, editions=[], at=late)

    owed = clock_of(second, RULE)
    assert (owed.state, owed.due_on, second.next_check_on) == (
        DeadlineState.BREACHED,
        day(AT, 10),
        day(AT, 10),
    )
    assert owed.events.filter(kind=EventKind.LAPSED).count() == 1
    self_checked(people, second, at=late)
    owed.refresh_from_db()
    assert (owed.state, owed.settled_at) == (DeadlineState.BREACHED, late)


def test_a_new_list_with_a_shorter_cycle_brings_the_check_forward(people, enterprise):
    accepted(people, enterprise)

    second = accepted(people, enterprise, editions=[], cycle_days=3, at=AT + timedelta(days=1))

    assert second.next_check_on == clock_of(second, RULE).due_on == day(AT, 4)


def test_the_list_in_use_stays_in_use_while_the_next_one_waits(people, enterprise):
    first = accepted(people, enterprise)
    submitted(people, enterprise, editions=[])

    first.refresh_from_db()
    assert first.state == "accepted"
    assert clock_of(first, RULE) is not None
