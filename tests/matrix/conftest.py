"""The world of the matrix tests, made once for all tests of a module: to make it takes longer than to ask most pages."""

import pytest

from tests.matrix.world import World, make_world
from tests.staging import Stage


@pytest.fixture(scope="module")
def laid(stage: Stage) -> Stage:
    """One record of every kind beside the people."""
    stage.world = make_world(stage.people, stage.enterprise)
    return stage


@pytest.fixture
def world(laid, on_stage) -> World:
    """One record of every kind; a copy for this test, which may change it."""
    return on_stage.world
