"""Several officers and the enterprise at the same moment, on real connections."""

from datetime import timedelta

import pytest

from enterprises.models import ChangeRequest, Conflict, Enterprise, FactGroup, VerificationEvent
from enterprises.services import approve_change, change, confirm, report_conflict, take_seen
from lifecycle.models import StateChange
from lifecycle.refusals import VerbRefused
from tests.factories.truth import make_change_request
from tests.hazards.test_at_once import at_once
from tests.people import AT

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=1)
NEW, OTHER = "大王镇创业路8号", "大王镇潍高路21号"


def test_of_two_officers_who_approve_one_does(people, enterprise):
    asked = make_change_request(enterprise, people.enterprise)

    def approve(officer):
        return lambda: approve_change(asked, by=officer, at=LATER, version=1)

    results = at_once(approve(people.town), approve(people.county))

    assert [isinstance(result, VerbRefused) for result in results].count(True) == 1
    assert StateChange.objects.filter(verb="approve_change").count() == 1
    assert Enterprise.objects.get(pk=enterprise.pk).production_address == NEW


def test_an_approval_never_writes_over_a_correction_of_the_same_moment(people, enterprise):
    asked = make_change_request(enterprise, people.enterprise)

    at_once(
        lambda: approve_change(asked, by=people.town, at=LATER, version=1),
        lambda: change(enterprise, facts={"production_address": OTHER}, by=people.county, at=LATER),
    )

    state = ChangeRequest.objects.get(pk=asked.pk).state
    # Either the correction came after the approval, or the approval was refused because of it.
    assert state in {"approved", "submitted"}
    assert Enterprise.objects.get(pk=enterprise.pk).production_address == OTHER


def test_one_conflict_comes_of_two_reports_at_once(people, enterprise):
    def report(by):
        return lambda: report_conflict(
            enterprise, field="production_address", seen=OTHER, source="inspection", by=by, at=AT
        )

    first, second = at_once(report(people.officer), report(people.grid))

    assert first == second
    assert Conflict.objects.count() == 1


def test_a_double_tap_is_one_confirmation(people, enterprise):
    at_once(*[lambda: confirm(enterprise, "contact", by=people.enterprise, at=AT)] * 2)

    assert FactGroup.objects.filter(group="contact").count() == 1
    assert VerificationEvent.objects.filter(group="contact").count() == 1


def test_resolving_and_correcting_at_once_both_end(people, enterprise):
    found = report_conflict(
        enterprise, field="production_address", seen=OTHER, source="inspection", by=people.officer, at=AT
    )

    at_once(
        lambda: take_seen(found, value=OTHER, by=people.town, at=LATER, version=1),
        lambda: change(enterprise, facts={"production_address": NEW}, by=people.county, at=LATER),
    )

    # Whichever came second found the conflict over; the correction holds when it came last.
    state = Conflict.objects.get().state
    assert state in {"resolved_seen", "dismissed"}
    assert Enterprise.objects.get(pk=enterprise.pk).production_address == NEW
