"""Words beside each other, as the reader's language lists them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def listed(words: Iterable[Any]) -> str:
    """Return the words of an enumeration in one: between them stands the 顿号 in Chinese, a comma in English."""
    return pgettext("between words", ", ").join(str(word) for word in words)
