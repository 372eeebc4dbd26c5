"""The world of the matrix tests, with files of its own."""

import pytest

from tests.matrix.world import World, make_world


@pytest.fixture
def world(people, enterprise, settings, tmp_path) -> World:
    """One record of every kind."""
    settings.MEDIA_ROOT = tmp_path
    return make_world(people, enterprise)
