"""Clocks of many records: started by one statement, as each would have started alone, and once."""

from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from deadlines import services
from deadlines.models import Deadline, DeadlineEvent
from deadlines.sets import cancel_set, clocks_of, settle_set, start_set
from enterprises.models import Enterprise
from rulebook.models import Parameter
from tests.factories.enterprises import make_enterprise

RULE = "enterprises.verify_status"
COPIED = [
    "label",
    "region_id",
    "industry",
    "enterprise_id",
    "grid_code",
    "county_code",
    "rule",
    "started_at",
    "due_at",
    "n",
    "unit",
    "basis_id",
    "state",
    "steps",
    "step",
    "next_at",
    "failures",
    "error",
]


@pytest.fixture
def files(people) -> list[Enterprise]:
    """Five files in Dawang."""
    return [make_enterprise(name=f"大王第{n}厂") for n in range(5)]


def of(rows):
    return Enterprise.objects.filter(pk__in=[row.pk for row in rows])


def test_a_clock_of_a_set_is_the_one_that_would_have_started_alone(files, at):
    alone = services.start(files[0], RULE, at=at)
    start_set(of(files), RULE, at=at, label="name")
    other = Deadline.objects.get(target_id=files[1].pk, rule=RULE)

    apart = {"label", "enterprise_id"}
    for name in COPIED:
        assert name in apart or getattr(other, name) == getattr(alone, name), name
    assert (other.label, other.enterprise_id) == (files[1].name, files[1].pk)
    assert other.target == files[1]


def test_a_clock_that_runs_is_left_running_and_a_second_call_does_nothing(files, at):
    first = services.start(files[0], RULE, at=at - timedelta(days=3))

    assert start_set(of(files), RULE, at=at, label="name") == 4
    assert start_set(of(files), RULE, at=at, label="name") == 0
    assert Deadline.objects.get(target_id=files[0].pk, rule=RULE) == first


def test_batches_leave_nobody_out(files, at):
    assert start_set(of(files), RULE, at=at, label="name", batch=2) == 5


def test_the_number_of_statements_does_not_grow_with_the_records(
    files, at, django_assert_max_num_queries, people
):
    for n in range(25):
        make_enterprise(name=f"稻庄第{n}厂")
    with django_assert_max_num_queries(8):
        assert start_set(Enterprise.objects.filter(name__contains="第"), RULE, at=at, label="name") == 30


def test_a_place_with_a_number_of_its_own_counts_by_it(files, at):
    elsewhere = make_enterprise(name="利津厂", region="370522001")
    general = Parameter.objects.get(code="STALE_SITE_CHECK", jurisdiction="")
    own = Parameter.objects.get(pk=general.pk)
    own.pk, own.jurisdiction, own.value = None, "370522", general.value * 2
    own.save()
    start_set(of([*files, elsewhere]), RULE, at=at, label="name")

    days = dict(Deadline.objects.filter(rule=RULE).values_list("target_id", "n"))
    assert days == {**{row.pk: 10 for row in files}, elsewhere.pk: 20}
    assert Deadline.objects.get(target_id=elsewhere.pk, rule=RULE).due_at == (
        services.template(RULE, at=at, region_id="370522001").due_at
    )


# Clocks that run until a day of each record


def until(files, at):
    """Start the clocks of the files, each until the day on which its stop is looked at again."""
    return start_set(of(files), RULE, at=at, label="name", until="stop_checked_until", batch=2)


@pytest.fixture
def dated(files, at) -> list[Enterprise]:
    """The files with days of their own: two of them the same day, one none."""
    for row, days in zip(files, (20, 30, 30, 40, None), strict=True):
        row.stop_checked_until = days and at.date() + timedelta(days=days)
        row.save()
    return files


def test_a_clock_until_a_day_is_the_one_that_would_have_started_alone(dated, at):
    alone = services.start(dated[1], RULE, at=at, due_on=dated[1].stop_checked_until)
    until(dated, at)
    other = Deadline.objects.get(target_id=dated[2].pk, rule=RULE)

    for name in COPIED:
        assert name in {"label", "enterprise_id"} or getattr(other, name) == getattr(alone, name), name


def test_each_runs_until_its_own_day_and_whoever_has_none_has_no_clock(dated, at):
    assert until(dated, at) == 4

    ends = {row.target_id: row.due_on for row in Deadline.objects.filter(rule=RULE)}
    assert ends == {row.pk: row.stop_checked_until for row in dated[:4]}


def test_a_clock_that_runs_keeps_its_day_and_a_second_call_starts_none(dated, at):
    first = services.start(dated[0], RULE, at=at, due_on=at.date() + timedelta(days=3))

    assert (until(dated, at), until(dated, at)) == (3, 0)
    assert Deadline.objects.get(target_id=dated[0].pk, rule=RULE) == first


def test_a_batch_of_clocks_is_written_by_one_statement_however_many_days(
    files, at, django_assert_max_num_queries
):
    for n, row in enumerate(files):
        row.stop_checked_until = at.date() + timedelta(days=30 + n)
        row.save()
    with django_assert_max_num_queries(8):
        assert start_set(of(files), RULE, at=at, label="name", until="stop_checked_until") == 5


def test_a_set_may_be_called_by_an_expression(dated, at):
    start_set(of(dated), RULE, at=at, label=Concat("name", Value(" · 1")), until="stop_checked_until")

    assert Deadline.objects.get(target_id=dated[0].pk, rule=RULE).label == f"{dated[0].name} · 1"


# Settling and dropping


def test_what_was_done_in_time_is_met_and_what_was_late_has_lapsed_on_record(files, at):
    start_set(of(files[:2]), RULE, at=at, label="name")
    start_set(of(files[2:]), RULE, at=at - timedelta(days=40), label="name")
    number = settle_set(clocks_of(Enterprise, [row.pk for row in files], [RULE]), at=at)

    states = [Deadline.objects.get(target_id=row.pk, rule=RULE).state for row in files]
    assert (number, states) == (5, ["met", "met", "breached", "breached", "breached"])
    assert DeadlineEvent.objects.filter(kind="lapsed").count() == 3
    assert not Deadline.objects.filter(rule=RULE, next_at__isnull=False).exists()


def test_a_lapse_that_the_sweep_has_seen_is_not_recorded_twice(files, at):
    start_set(of(files), RULE, at=at - timedelta(days=40), label="name")
    services.sweep(at)
    before = DeadlineEvent.objects.filter(kind="lapsed").count()
    settle_set(clocks_of(Enterprise, [row.pk for row in files], [RULE]), at=at)

    assert DeadlineEvent.objects.filter(kind="lapsed").count() == before == 5


def test_a_suspended_clock_is_closed_with_its_suspension(files, at):
    clock = services.start(files[0], RULE, at=at)
    services.suspend(clock, at=at, by=None, reason="等待鉴定")
    settle_set(clocks_of(Enterprise, [files[0].pk], [RULE]), at=at + timedelta(days=40))

    clock.refresh_from_db()
    assert (clock.state, clock.suspensions.get().to_at) == ("met", at + timedelta(days=40))


def test_only_the_clocks_given_are_dropped(files, at):
    start_set(of(files), RULE, at=at, label="name")
    cancel_set(clocks_of(Enterprise, [files[0].pk], [RULE]), at=at)

    assert Deadline.objects.open().filter(rule=RULE).count() == 4
    assert Deadline.objects.get(target_id=files[0].pk).state == "cancelled"
