"""The API in the language of whoever asks: its description, and what it says of a request it cannot read.

The texts of the description are looked up as they stand in the schemas and above the addresses; a test shows that none
is missing in the catalogue.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI

SAID = ("summary", "description")
OWN = "Value error, "


class Api(NinjaAPI):
    """An API whose description is in the language of the moment."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Return the description, translated."""
        return in_language(super().get_openapi_schema(*args, **kwargs))


def in_language(node: Any) -> Any:
    """Return a part of the description with its sentences translated."""
    if isinstance(node, dict):
        return {
            name: _(value) if name in SAID and isinstance(value, str) and value else in_language(value)
            for name, value in node.items()
        }
    return [in_language(each) for each in node] if isinstance(node, list | tuple) else node


def speak(request: HttpRequest) -> None:
    """Answer in the language that the program asks for by Accept-Language; without one it stays that of the site."""
    if "Accept-Language" in request.headers:
        translation.activate(translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()


def sentence(error: Mapping[str, Any]) -> str:
    """Say what is wrong with one field; what pydantic says of rarer faults stays as it is."""
    told = SENTENCES.get(error["type"])
    return told(error.get("ctx", {})) if told else str(error["msg"]).removeprefix(OWN)


def is_between(given: Mapping[str, Any]) -> str:
    """Say between which numbers it must lie."""
    if "ge" in given:
        return _("At least %(n)s.") % {"n": given["ge"]}
    return _("At most %(n)s.") % {"n": given["le"]}


def no_date(given: Mapping[str, Any]) -> str:
    """Say how a day is written."""
    return _("A day is written as 2026-03-10.")


def no_moment(given: Mapping[str, Any]) -> str:
    """Say how a moment is written."""
    return _("A moment is written as 2026-03-10T10:00:00+08:00, with its time zone.")


def no_number(given: Mapping[str, Any]) -> str:
    """Say that a number is expected."""
    return _("This is no number.")


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda given: _("This is needed."),
    "extra_forbidden": lambda given: _("There is no such field."),
    "literal_error": lambda given: _("One of: %(expected)s.") % {"expected": given["expected"]},
    "string_type": lambda given: _("This is no text."),
    "string_too_short": lambda given: _("At least %(n)s characters.") % {"n": given["min_length"]},
    "string_too_long": lambda given: _("At most %(n)s characters.") % {"n": given["max_length"]},
    "string_pattern_mismatch": lambda given: _("It does not have the form that is described."),
    "greater_than_equal": is_between,
    "less_than_equal": is_between,
    "int_parsing": no_number,
    "int_type": no_number,
    "decimal_parsing": no_number,
    "decimal_type": no_number,
    "decimal_max_digits": lambda given: _("At most %(n)s digits.") % {"n": given["max_digits"]},
    "decimal_max_places": lambda given: (
        _("At most %(n)s places after the point.") % {"n": given["decimal_places"]}
    ),
    "decimal_whole_digits": lambda given: (
        _("At most %(n)s digits before the point.") % {"n": given["whole_digits"]}
    ),
    "bool_parsing": lambda given: _("Either true or false."),
    "bool_type": lambda given: _("Either true or false."),
    "date_parsing": no_date,
    "date_type": no_date,
    "date_from_datetime_parsing": no_date,
    "date_from_datetime_inexact": no_date,
    "datetime_parsing": no_moment,
    "datetime_type": no_moment,
    "datetime_from_date_parsing": no_moment,
    "timezone_aware": no_moment,
}
