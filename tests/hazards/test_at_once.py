"""Two people at the same moment, on real connections: one wins cleanly, nothing is doubled, no number is lost."""

from datetime import date
from uuid import uuid4

import pytest

from hazards import services
from hazards.models import Hazard
from lifecycle.models import StateChange
from lifecycle.refusals import VerbRefused
from tests.at_once import at_once
from tests.factories.hazards import FACTS, reported

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_accept_the_same_report_and_one_of_them_does(people, enterprise, at):
    hazard = reported(enterprise, people.enterprise)

    def accept(officer, day):
        return lambda: services.accept_report(hazard, deadline_on=day, by=officer, at=at, version=1)

    results = at_once(accept(people.town, date(2026, 3, 20)), accept(people.county, date(2026, 3, 25)))

    assert [isinstance(result, VerbRefused) for result in results].count(True) == 1
    assert StateChange.objects.filter(verb="accept_report").count() == 1


def test_one_form_sent_twice_at_once_is_one_hazard(people, enterprise, at):
    key = uuid4()

    def send():
        return services.report(enterprise, facts=FACTS, by=people.enterprise, at=at, key=key)

    first, second = at_once(send, send)

    assert first.pk == second.pk
    assert Hazard.objects.count() == 1


def test_reports_at_the_same_moment_get_numbers_without_gaps(people, enterprise, at):
    def send():
        return services.report(enterprise, facts=FACTS, by=people.enterprise, at=at)

    at_once(*[send] * 6)

    numbers = sorted(Hazard.objects.values_list("number", flat=True))
    assert [int(number[-4:]) for number in numbers] == [1, 2, 3, 4, 5, 6]
