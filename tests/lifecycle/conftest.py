"""Fixtures of the lifecycle tests: a lamp in Dawang that `people.town` sees to."""

import pytest

from regions.models import Region
from tests.factories.lamps import dark_lamp, lamp_numbers, ordered_lamp
from tests.lifecycle.lamps.models import Lamp


@pytest.fixture
def town(people) -> Region:
    """Dawang, with everybody, and the numbers that the lamps' clocks need."""
    lamp_numbers()
    return Region.objects.get(pk="370523101")


@pytest.fixture
def lamp(town, people, at) -> Lamp:
    """A lamp that the town has reported."""
    return dark_lamp(town, by=people.town, at=at)


@pytest.fixture
def ordered(town, people, at) -> Lamp:
    """A lamp whose repair is ordered."""
    return ordered_lamp(town, by=people.town, at=at, name="Lamp 2")
