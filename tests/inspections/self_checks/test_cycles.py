"""The arithmetic of cycles, and the clock of a list over the nights: what moves it, what does not, and what that costs."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deadlines.models import Deadline, DeadlineState
from deadlines.sweeping import sweep
from enterprises.models import Enterprise
from inspections import services
from inspections.models import SelfCheckList
from inspections.risk import longest_cycle
from inspections.self_checks.clock import after, begin_again, bring_forward, pause_stopped
from inspections.self_checks.services import agreed_cycle, count_check
from tests.factories.enterprises import make_enterprise
from tests.factories.inspections import make_edition
from tests.factories.self_checks import accepted, clock_of, composed, day, self_checked, submitted
from tests.people import AT

RULE = "inspections.self_check"
LATER = AT + timedelta(days=5)
days_of_our_time = st.dates(date(2020, 1, 1), date(2060, 12, 31))


# Days


@given(days_of_our_time)
@example(date(2026, 1, 31))
@example(date(2024, 1, 30))
def test_a_monthly_check_keeps_its_day_or_takes_the_last_one_of_a_shorter_month(on):
    following = after(on, 30)

    assert (following.year * 12 + following.month) - (on.year * 12 + on.month) == 1
    assert following.day == min(on.day, monthrange(following.year, following.month)[1])


@given(days_of_our_time, st.integers(1, 400).filter(lambda days: days != 30))
def test_any_other_cycle_is_its_days(on, days):
    assert after(on, days) - on == timedelta(days=days)


@given(days_of_our_time, st.integers(1, 28))
def test_a_shorter_cycle_is_never_later_than_the_monthly_one(on, days):
    assert after(on, days) <= after(on, 30)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.integers(-400, 400), tags=st.sampled_from([[], ["spraying"], ["dust"]]))
@pytest.mark.django_db
def test_a_cycle_is_agreed_to_exactly_where_the_risk_allows_it(enterprise, days, tags):
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=tags)
    row = SelfCheckList(enterprise=enterprise)
    longest = longest_cycle(enterprise, on=AT.date())

    if 1 <= days <= longest:
        assert agreed_cycle(row, days, at=AT) == days
    else:
        with pytest.raises(ValidationError):
            agreed_cycle(row, days, at=AT)


# Nights


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "moved"), [(7, 0), (8, 1)])
def test_a_check_comes_forward_when_it_lies_beyond_the_cycle_and_not_before(people, enterprise, ahead, moved):
    row = accepted(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])
    SelfCheckList.objects.update(next_check_on=day(LATER, ahead))

    assert bring_forward(at=LATER) == moved
    row.refresh_from_db()
    assert row.next_check_on == day(LATER, 7)


@pytest.mark.django_db
def test_a_risk_that_has_fallen_moves_nothing(people, enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=["dust"])
    row = accepted(people, enterprise)
    Enterprise.objects.filter(pk=enterprise.pk).update(risk_tags=[])

    assert bring_forward(at=LATER) == 0
    assert SelfCheckList.objects.get().next_check_on == row.next_check_on


@pytest.mark.django_db
def test_a_stop_seen_after_the_day_has_passed_ends_what_was_owed(people, enterprise):
    row = accepted(people, enterprise, cycle_days=3)
    sweep(LATER)
    assert clock_of(row, RULE).state == DeadlineState.BREACHED
    Enterprise.objects.filter(pk=enterprise.pk).update(
        operating_status="suspended_self", stop_checked_until=day(AT, 60)
    )

    assert pause_stopped(at=LATER) == 1
    assert clock_of(row, RULE) is None


@pytest.mark.django_db
def test_a_stop_elsewhere_pauses_nobody_else(people, enterprise, other_enterprise):
    mine = accepted(people, enterprise)
    Enterprise.objects.filter(pk=other_enterprise.pk).update(
        operating_status="suspended_self", stop_checked_until=day(AT, 60)
    )

    assert pause_stopped(at=LATER) == 0
    assert clock_of(mine, RULE) is not None


def in_use(number: int) -> list[SelfCheckList]:
    """So many enterprises with a list in use whose clock does not run yet."""
    return SelfCheckList.objects.bulk_create(
        [
            SelfCheckList(
                enterprise=make_enterprise(),
                number=1,
                cycle_days=30,
                item_count=1,
                state="accepted",
                state_since=AT,
                version=1,
                created_at=AT,
            )
            for _ in range(number)
        ]
    )


def rise(rows: list[SelfCheckList]) -> int:
    Enterprise.objects.filter(pk__in=[row.enterprise_id for row in rows]).update(risk_tags=["dust"])
    with CaptureQueriesContext(connection) as asked:
        assert bring_forward(at=AT) == len(rows)
    return len(asked)


def stop(rows: list[SelfCheckList]) -> int:
    Enterprise.objects.filter(pk__in=[row.enterprise_id for row in rows]).update(
        operating_status="suspended_self", stop_checked_until=day(AT, 60)
    )
    with CaptureQueriesContext(connection) as asked:
        assert pause_stopped(at=AT) == len(rows)
    return len(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("night", [rise, stop], ids=["brought forward", "paused"])
def test_a_night_asks_as_often_for_thirty_enterprises_as_for_three(places, night):
    three = in_use(3)
    begin_again(at=AT)
    few = night(three)

    thirty = in_use(30)
    begin_again(at=AT)
    assert night(thirty) == few


@pytest.mark.django_db
def test_clocks_are_started_by_as_many_queries_for_thirty_as_for_three(places):
    asked = []
    for number in (3, 30):
        in_use(number)
        with CaptureQueriesContext(connection) as queries:
            assert begin_again(at=AT) == number
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert Deadline.objects.open().filter(rule=RULE).count() == 33


# Checks


@pytest.mark.django_db
def test_the_next_list_knows_when_the_one_before_was_last_checked(people, enterprise):
    first = accepted(people, enterprise)
    self_checked(people, first, at=LATER)

    second = accepted(people, enterprise, editions=[], at=LATER + timedelta(days=1))

    assert second.last_check_at == LATER


@pytest.mark.django_db
def test_a_check_by_a_list_replaced_meanwhile_is_kept_and_counts_for_neither(people, enterprise):
    first = accepted(people, enterprise)
    visit = services.begin_self_check(first, by=people.enterprise, at=AT)
    services.answer_rest(visit, by=people.enterprise, at=AT)
    second = accepted(people, enterprise, editions=[], at=AT)
    owed = clock_of(second, RULE)

    done = services.finish_visit(visit, outcome="nothing", by=people.enterprise, at=LATER)

    second.refresh_from_db()
    assert (done.state, second.last_check_at) == ("finished", None)
    assert clock_of(second, RULE) == owed
    assert count_check(done, at=LATER) is False


@pytest.mark.django_db
def test_an_older_check_typed_in_later_does_not_take_the_list_back(people, enterprise):
    row = accepted(people, enterprise)
    late = services.begin_self_check(row, by=people.enterprise, at=AT + timedelta(days=1))
    services.answer_rest(late, by=people.enterprise, at=AT + timedelta(days=1))
    newest = AT + timedelta(days=8)
    SelfCheckList.objects.update(last_check_at=newest)

    typed_in = AT + timedelta(days=9)
    services.finish_visit(
        late, outcome="nothing", ended_at=AT + timedelta(days=2), by=people.enterprise, at=typed_in
    )

    row.refresh_from_db()
    assert row.last_check_at == newest


@pytest.mark.django_db
@pytest.mark.parametrize("make", [composed, submitted])
def test_a_check_does_not_begin_by_a_list_that_is_not_in_use(people, enterprise, make):
    row = make(people, enterprise)

    with pytest.raises(ValidationError, match="not in use"):
        services.begin_self_check(row, by=people.enterprise, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["self_check_list", "begin_self_check"])
def test_another_enterprise_does_not_find_the_list(people, enterprise, sign_in, name):
    row = accepted(people, enterprise, editions=[make_edition(1)])

    page = sign_in(people.other_enterprise).get(reverse(f"inspections:{name}", args=[row.pk]))

    assert page.status_code == 404
