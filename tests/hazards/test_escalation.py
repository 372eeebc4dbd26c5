"""A missed rectification day: warned before, told when due, climbed to town, county and city."""

from datetime import datetime, timedelta

import pytest

from deadlines.models import DeadlineEvent
from deadlines.sweeping import sweep
from hazards.models import Hazard
from lifecycle.models import StateChange
from tests.factories.hazards import rectifying

pytestmark = pytest.mark.django_db


def level_at(hazard: Hazard, moment: datetime) -> str:
    sweep(moment)
    hazard.refresh_from_db()
    return hazard.level_in_charge


def test_it_climbs_from_town_to_county_to_city(people, enterprise, at):
    hazard = rectifying(people, enterprise)
    assert level_at(hazard, at + timedelta(days=9)) == "town"
    assert level_at(hazard, at + timedelta(days=16)) == "county"
    assert level_at(hazard, at + timedelta(days=25)) == "city"


def test_every_step_is_recorded_once_however_often_the_sweep_runs(people, enterprise, at):
    hazard = rectifying(people, enterprise)
    for _ in range(3):
        level_at(hazard, at + timedelta(days=30))
    kinds = list(
        DeadlineEvent.objects.filter(
            deadline__target_id=hazard.pk, deadline__rule="hazards.rectify"
        ).values_list("kind", "level")
    )
    assert len(kinds) == len(set(kinds))
    assert StateChange.objects.filter(target_id=hazard.pk, verb="escalate").count() == 2
