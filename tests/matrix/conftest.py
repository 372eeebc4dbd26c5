"""The world of the matrix tests, put there once for all tests of a module."""

import pytest

from tests.matrix.keeping import laid_world
from tests.matrix.world import World
from tests.staging import Stage


@pytest.fixture(scope="module")
def laid(stage: Stage) -> Stage:
    """One record of every kind beside the people."""
    stage.world = laid_world(stage.people, stage.enterprise)
    return stage


@pytest.fixture
def world(laid, on_stage) -> World:
    """One record of every kind; a copy for this test, which may change it."""
    return on_stage.world
