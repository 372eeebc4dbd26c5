"""Every test keeps its files in a folder of its own, and reads the sentences in English."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A media folder that ends with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def english():
    """The source strings, whatever their translation is."""
    with translation.override("en"):
        yield
