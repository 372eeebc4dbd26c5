"""What the services refuse is read in the words of the source, whatever the language of the installation."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_words_of_the_source() -> Iterator[None]:
    """Let the sentences stay as they are written in the code; pages speak the language of their reader."""
    with translation.override("en"):
        yield
