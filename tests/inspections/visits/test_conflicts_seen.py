"""What an inspection saw and the file does not say: from the sheet of the visit to the town's work list and back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enterprises import services
from enterprises.models import Conflict, SeenBy
from inbox.worklist import Owed, lines
from inspections.visits.services import confirm_visit_facts
from inspections.visits.services.facts import ASKED_ON_SITE, seen_by
from tests.factories.inspections import patrolled, under_way
from tests.factories.life import proof
from tests.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def closed(people, enterprise) -> Conflict:
    """An inspection found the gate locked and the workshop empty."""
    visit = under_way(people, enterprise)
    others = [code for code in ASKED_ON_SITE if code != "status"]
    confirm_visit_facts(
        visit,
        confirmed=others,
        corrections={"operating_status": "大门上锁，已关闭"},
        by=people.officer,
        at=LATER,
    )
    return Conflict.objects.get(enterprise=enterprise)


def test_an_inspection_that_found_it_closed_is_a_task_of_the_town_with_both_values(
    closed, people, enterprise, sign_in
):
    assert (closed.field, closed.source) == ("operating_status", SeenBy.INSPECTION)
    assert (closed.declared, closed.seen) == (enterprise.get_operating_status_display(), "大门上锁，已关闭")
    deadlines = Owed(people.town.scope.entries).deadlines()
    assert closed.get_absolute_url() in [line.row.url for line in lines(list(deadlines), user=people.town)]
    page = sign_in(people.town).get(closed.get_absolute_url()).content.decode()
    assert closed.declared in page
    assert closed.seen in page
    assert closed.reference_url in page


def test_it_is_found_among_what_inspections_saw(closed, people, sign_in):
    page = sign_in(people.town).get(reverse("enterprises:conflicts"), {"source": "inspection"})

    assert [row.pk for row in page.context["page"].rows] == [closed.pk]


def test_taking_what_was_seen_leaves_the_status_to_its_own_step(closed, people, enterprise):
    services.take_seen(closed, by=people.town, at=LATER)
    enterprise.refresh_from_db()
    assert enterprise.operating_status == "normal"

    evidence = proof(people.county, at=LATER, number="关闭证明1号")
    services.close(enterprise, reason="已关闭", evidence=evidence, by=people.county, at=LATER)
    enterprise.refresh_from_db()
    assert enterprise.operating_status == "closed"


def test_what_a_patrol_saw_is_no_inspection(people, enterprise):
    assert seen_by(patrolled(people, enterprise)) == SeenBy.PATROL
    assert seen_by(under_way(people, enterprise)) == SeenBy.INSPECTION


def test_a_source_that_is_none_is_refused(people, enterprise):
    with pytest.raises(ValueError, match="on_site"):
        services.report_conflict(
            enterprise, field="contact_phone", seen="空号", source="on_site", by=people.officer, at=AT
        )
