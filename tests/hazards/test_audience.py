"""Whom a hazard tells on the enterprise's side."""

from types import SimpleNamespace

import pytest

from hazards.messages import enterprise_side
from inbox.notices import Phone
from tests.factories.hazards import reported

pytestmark = pytest.mark.django_db


def test_without_a_phone_among_the_officers_the_contact_is_told_too(people, enterprise, at):
    told = enterprise_side(reported(enterprise, people.enterprise), SimpleNamespace(at=at))
    assert told == [people.enterprise, Phone("13605460002", "陆春生")]


def test_an_officer_with_a_phone_is_enough(people, enterprise, at):
    people.enterprise.phone = "13605460009"
    people.enterprise.save()
    assert enterprise_side(reported(enterprise, people.enterprise), SimpleNamespace(at=at)) == [
        people.enterprise
    ]
