"""Whom a visit tells; the inspected side hears of it only when it is over."""

from datetime import timedelta

import pytest

from inbox import outbox
from inbox.models import Message
from inspections import services
from tests.factories.inspections import finished, make_edition, patrolled, planned
from tests.people import AT

pytestmark = pytest.mark.django_db


def told(at=AT + timedelta(hours=3)) -> dict[str, set[str]]:
    """Return who was told what."""
    outbox.dispatch(at=at)
    found: dict[str, set[str]] = {}
    for message in Message.objects.filter(code__startswith="inspections.visit").select_related("user"):
        found.setdefault(message.code.removeprefix("inspections."), set()).add(message.user.username)
    return found


def test_a_planned_visit_is_told_to_those_who_take_part_and_not_to_the_enterprise(people, enterprise):
    planned(people, enterprise)
    assert told() == {"visit_planned": {"second_officer"}}


def test_a_finished_inspection_is_told_to_the_enterprise(people, enterprise):
    finished(people, enterprise)
    assert told()["visit_finished"] == {"enterprise"}


def test_an_enterprise_is_not_told_of_its_own_check(people, enterprise):
    edition = make_edition(1)
    visit = services.open_visit(
        enterprise, kind="self_check", editions=[edition], by=people.enterprise, at=AT
    )
    services.answer_rest(visit, by=people.enterprise, at=AT)
    services.finish_visit(visit, outcome="nothing", by=people.enterprise, at=AT)
    assert told() == {}


def test_a_cancelled_visit_is_told_to_the_others(people, enterprise):
    visit = planned(people, enterprise)
    services.cancel_visit(visit, reason="企业停产", by=people.officer, at=AT)
    assert told()["visit_cancelled"] == {"second_officer"}


def test_an_agreement_is_told_to_who_waits_for_it(people, enterprise):
    visit = planned(people, enterprise, trigger="complaint")
    services.agree_over_cap(visit, reason="举报属实", by=people.leader, at=AT)
    assert told()["visit_agreed"] == {"officer", "second_officer"}


def test_a_patrol_that_is_over_is_told_to_the_enterprise(people, enterprise):
    services.finish_visit(patrolled(people, enterprise), outcome="nothing", by=people.grid, at=AT)
    assert told()["visit_finished"] == {"enterprise"}
