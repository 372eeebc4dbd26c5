"""What is stale becomes the town's task, once, and is done when somebody confirms it."""

from datetime import timedelta

import pytest

from deadlines.services import running, sweep
from enterprises import services
from enterprises.choices import OperatingStatus
from enterprises.groups import CHECKED
from enterprises.models import Enterprise, FactGroup, QualityScore
from enterprises.truth.checks import start_checks
from enterprises.truth.score import refresh
from inbox import outbox
from inbox.models import Message
from inbox.worklist import lines, owed
from tests.factories.enterprises import make_enterprise
from tests.factories.life import asked_to_stop, proof
from tests.factories.truth import make_conflict

STATUS, CONTACT = CHECKED["status"], CHECKED["contact"]


@pytest.fixture
def stale(people, enterprise, at) -> Enterprise:
    """The enterprise, whose contact was confirmed yesterday and whose status too long ago."""
    services.confirm_many([enterprise.pk], ["contact"], by=None, at=at - timedelta(days=1), source="import")
    services.confirm_many([enterprise.pk], ["status"], by=None, at=at - timedelta(days=190), source="import")
    refresh(on=at.date())
    # The other files of the world have never been confirmed; they are none of these tests.
    QualityScore.objects.exclude(enterprise=enterprise).delete()
    return enterprise


def work_of(user) -> list[str]:
    rows = owed(user.scope.entries, person=user).filter(rule__in=CHECKED.values())
    return [line.row.url for line in lines(list(rows), user=user)]


def test_a_stale_status_is_to_be_verified_on_site_within_ten_working_days(stale, people, at):
    assert start_checks(at=at) == (1, 0)

    clock = running(stale, STATUS)
    assert (clock.n, clock.unit) == (10, "workday")
    assert running(stale, CONTACT) is None
    assert work_of(people.town) == [f"{stale.get_absolute_url()}#g-status"]
    assert work_of(people.other_town) == work_of(people.enterprise) == []


def test_asking_twice_asks_once(stale, at):
    start_checks(at=at)

    assert start_checks(at=at + timedelta(days=1)) == (0, 0)


def test_what_nobody_ever_confirmed_is_stale_too(stale, at):
    FactGroup.objects.filter(enterprise=stale, group="contact").delete()
    refresh(on=at.date(), enterprises=[stale.pk])

    assert start_checks(at=at) == (2, 0)
    assert running(stale, CONTACT) is not None


def test_one_tap_settles_the_task(stale, people, at):
    start_checks(at=at)
    clock = running(stale, STATUS)
    services.confirm(stale, "status", by=people.town, at=at + timedelta(days=2))

    clock.refresh_from_db()
    assert (clock.state, work_of(people.town)) == ("met", [])


def test_another_group_confirmed_settles_nothing(stale, people, at):
    start_checks(at=at)
    services.confirm(stale, "contact", by=people.town, at=at + timedelta(days=2))

    assert running(stale, STATUS) is not None


def test_a_stop_seen_on_site_settles_the_task(stale, people, at):
    start_checks(at=at)
    asked_to_stop(people, stale)
    services.verify_stop(stale, evidence=proof(people.town), by=people.town, at=at)

    assert running(stale, STATUS) is None


def test_an_ended_file_owes_no_verification(stale, people, at):
    start_checks(at=at)
    services.deregister(stale, evidence=proof(people.county, number="1号"), by=people.county, at=at)

    assert running(stale, STATUS) is None
    assert start_checks(at=at) == (0, 0)


def test_a_file_that_nobody_can_find_any_more_is_taken_off_the_list(stale, at):
    start_checks(at=at)
    Enterprise.objects.filter(pk=stale.pk).update(operating_status=OperatingStatus.LOST)

    assert start_checks(at=at) == (0, 1)
    assert running(stale, STATUS) is None


def test_a_doubt_that_was_lifted_takes_the_task_back(stale, people, at):
    services.confirm(stale, "status", by=people.town, at=at)
    services.doubt(stale, "status", why="群众反映已停产", at=at)
    assert start_checks(at=at) == (1, 0)
    FactGroup.objects.filter(enterprise=stale).update(doubt="")
    refresh(on=at.date(), enterprises=[stale.pk])

    assert start_checks(at=at) == (0, 1)


def test_who_resolves_a_conflict_is_not_sent_a_second_time(stale, people, at):
    make_conflict(stale, people.officer, field="operating_status", seen="现场已停产")

    assert start_checks(at=at) == (0, 0)


def test_who_looks_at_a_reported_stop_is_not_sent_a_second_time(stale, people, at):
    asked_to_stop(people, stale)

    assert start_checks(at=at) == (0, 0)


def test_a_file_with_another_county_s_town_is_that_town_s_task(stale, people, other_enterprise, at):
    refresh(on=at.date(), enterprises=[other_enterprise.pk])
    start_checks(at=at)

    assert running(other_enterprise, STATUS).county_code == other_enterprise.county_code
    assert len(work_of(people.town)) == 1


def test_a_neglected_verification_reaches_the_county(stale, people, at):
    start_checks(at=at)
    late = running(stale, STATUS).due_at + timedelta(hours=1)
    from_here = Message.objects.filter(user=people.county, code="enterprises.look_overdue")
    sweep(late)
    outbox.dispatch(at=late)

    assert from_here.count() == 1


def test_the_night_asks_by_the_same_few_statements_for_one_file_and_for_many(
    stale, at, django_assert_max_num_queries
):
    for _n in range(20):
        make_enterprise()
    refresh(on=at.date())
    with django_assert_max_num_queries(16):
        assert start_checks(at=at)[0] > 20
