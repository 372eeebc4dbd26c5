"""Nobody decides on what they do not see: the page of a decision shows what is decided upon, and the way to say no."""

import pytest
from django.urls import reverse

from hazards import services
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from lifecycle.services import offered
from tests.factories.hazards import make_photo, rectifying
from tests.hazards.test_governance import CHANGED, change
from tests.hazards.test_major_loop import PLAN
from tests.people import AT

pytestmark = pytest.mark.django_db


def page(client, hazard: Hazard, verb: str) -> str:
    return client.get(reverse(f"hazards:{verb}", args=[hazard.pk])).content.decode()


def link(hazard: Hazard, verb: str) -> str:
    return f'href="{reverse(f"hazards:{verb}", args=[hazard.pk])}"'


def test_who_approves_a_plan_reads_it_there(major, people, sign_in):
    handed_in = services.submit_plan(major, plan=PLAN, by=people.enterprise, at=AT)
    text = page(sign_in(people.leader), handed_in, "approve_plan")
    assert PLAN["measures"] in text
    assert link(handed_in, "return_plan") in text


def test_who_approves_a_change_reads_the_changed_plan(planned, people, sign_in):
    change(planned, people)
    text = page(sign_in(people.leader), planned, "approve_change")
    assert CHANGED["measures"] in text
    assert link(planned, "return_change") in text


def test_who_verifies_sees_what_was_done_with_its_photo(people, enterprise, sign_in):
    hazard = rectifying(people, enterprise)
    photo = make_photo(people.enterprise, purpose="after")
    services.submit_rectification(hazard, text="已更换线路", photos=[photo], by=people.enterprise, at=AT)
    text = page(sign_in(people.town), hazard, "accept_repair")
    assert "已更换线路" in text
    assert reverse("attachments:thumbnail", args=[photo]) in text
    assert link(hazard, "return_for_work") in text


def test_a_major_hazard_under_governance_is_not_confirmed_again(planned, people):
    verbs = {offer.verb.name for offer in offered(HAZARD, planned, people.county, AT)}
    assert "confirm_major" not in verbs
