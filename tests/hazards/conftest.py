"""A major hazard at each step of its way."""

from io import StringIO

import pytest
from django.core.management import call_command

from hazards import services
from hazards.models import Hazard, MajorHazardCriterion
from tests.factories.hazards import make_photo, reported
from tests.factories.inspections import certify
from tests.hazards.test_major_loop import PLAN


@pytest.fixture
def criterion(places) -> MajorHazardCriterion:
    call_command("load_criteria", verbosity=0, stdout=StringIO())
    return MajorHazardCriterion.objects.get(clause="第十一条第（三）项")


@pytest.fixture
def major(people, enterprise, criterion, at) -> Hazard:
    hazard = reported(enterprise, people.town, source="inspection", grade="major")
    return services.confirm_major(hazard, criterion=criterion, by=people.county, at=at)


@pytest.fixture
def planned(major, people, at) -> Hazard:
    handed_in = services.submit_plan(major, plan=PLAN, by=people.enterprise, at=at)
    return services.approve_plan(handed_in, by=people.leader, at=at)


@pytest.fixture
def under_review(planned, people, at) -> Hazard:
    certify(people.officer, people.second_officer, people.county)
    photo = make_photo(people.enterprise, purpose="after")
    return services.apply_for_review(
        planned, text="自行验收合格", photos=[photo], by=people.enterprise, at=at
    )
