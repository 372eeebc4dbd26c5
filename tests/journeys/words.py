"""The words on the screen, by the source string: a journey speaks of what a button does, not of how it is translated."""

from django.utils.translation import gettext, override, pgettext


def words(text: str, context: str = "") -> str:
    """Return a source string as a person reads it in Chinese."""
    with override("zh-hans"):
        return pgettext(context, text) if context else gettext(text)
