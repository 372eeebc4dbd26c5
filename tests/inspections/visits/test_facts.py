"""Going through the enterprise's facts on site."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from enterprises.models import Conflict, FactGroup, FactSource
from inspections import services
from inspections.visits.services.facts import ASKED_ON_SITE
from tests.factories.inspections import confirm_facts, under_way
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(people, enterprise):
    return under_way(people, enterprise)


def test_one_tap_confirms_every_group_as_seen_on_site(people, enterprise, visit):
    confirm_facts(visit, people.officer)
    rows = FactGroup.objects.filter(enterprise=enterprise)
    assert {row.group for row in rows} == set(ASKED_ON_SITE)
    assert {(row.source, row.by) for row in rows} == {(FactSource.ON_SITE, people.officer)}


def test_the_visit_says_when_the_facts_were_gone_through(people, visit):
    assert confirm_facts(visit, people.officer).facts_confirmed_at == AT


def test_what_is_not_as_the_file_says_becomes_a_conflict(people, enterprise, visit):
    services.confirm_visit_facts(
        visit,
        confirmed=[code for code in ASKED_ON_SITE if code != "contact"],
        corrections={"contact_phone": "13905460009"},
        by=people.officer,
        at=AT,
    )
    conflict = Conflict.objects.get()
    assert (conflict.field, conflict.seen, conflict.reference) == (
        "contact_phone",
        "13905460009",
        visit.number,
    )
    assert FactGroup.objects.get(enterprise=enterprise, group="contact").doubt


def test_a_group_left_out_is_named(people, visit):
    with pytest.raises(ValidationError, match="Staff"):
        services.confirm_visit_facts(
            visit,
            confirmed=[code for code in ASKED_ON_SITE if code != "staff"],
            corrections={},
            by=people.officer,
            at=AT,
        )


def test_a_group_in_conflict_is_not_confirmed_over_it(people, enterprise, visit):
    services.confirm_visit_facts(
        visit, confirmed=ASKED_ON_SITE, corrections={"contact_phone": "13905460009"}, by=people.officer, at=AT
    )
    confirm_facts(visit, people.officer, at=AT + timedelta(minutes=5))
    assert FactGroup.objects.get(enterprise=enterprise, group="contact").doubt


def test_an_expert_confirms_no_facts(people, enterprise):
    visit = services.plan_visit(enterprise, kind="expert", people=[people.expert], by=people.county, at=AT)
    visit = services.start_visit(visit, by=people.expert, at=AT)
    with pytest.raises(ValidationError, match="no facts are confirmed"):
        confirm_facts(visit, people.expert)
