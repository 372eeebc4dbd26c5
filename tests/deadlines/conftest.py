"""Fixtures of the deadline tests: the announced calendar, and lamps to hang clocks on."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from deadlines import almanac, state_council
from deadlines.calendar import WorkingDays
from regions.models import Region
from tests.factories.lamps import lamp_numbers
from tests.lifecycle.lamps import services
from tests.lifecycle.lamps.models import Lamp

# The same examples every time, whatever else the machine is doing.
settings.register_profile(
    "steady", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture
def working_days(db) -> Iterator[WorkingDays]:
    """The State Council's holidays and make-up days."""
    state_council.load(since=2024)
    almanac.forget()
    yield almanac.working_days()
    almanac.forget()


@pytest.fixture
def town(places) -> Region:
    """Dawang, with the numbers that the lamps' clocks need."""
    lamp_numbers()
    return Region.objects.get(pk="370523101")


@pytest.fixture
def lamp(town, at) -> Lamp:
    """A lamp on which no clock runs."""
    return Lamp.objects.create(region=town, name="Lamp 1", state="dark", state_since=at)


@pytest.fixture
def handler() -> Iterator[dict]:
    """What a test puts here is called when a lamp hears its clock."""
    yield services.hooks
    services.hooks.clear()
