"""Sentences are compared in the language of the source."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read sentences as the source has them, whatever the catalogue says."""
    with translation.override("en"):
        yield
