"""The number of a resident's identity card (GB 11643): read it as people type it, and say what is wrong with it."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from stdnum.cn import ric

SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
LENGTH = 18
EARLIEST_BIRTH = date(1900, 1, 1)
# From sixteen a person who lives by their own work answers for themselves (Civil Code art. 18).
LEAST_AGE = 16


def clean_id_no(text: str, *, today: date) -> str:
    """Return the number with a capital X, without spaces and full-width signs.

    Raises ValidationError with the sentence that tells what to compare; no sentence holds the number. The place of the
    first six digits is not asked for: it may have been dissolved since, and residence permits have none.
    """
    number = text if SHAPE.fullmatch(text) else "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if len(number) != LENGTH:
        raise ValidationError(
            ngettext(
                "%(n)d character; an ID number has 18.",
                "%(n)d characters; an ID number has 18.",
                len(number),
            ),
            params={"n": len(number)},
            code="length",
        )
    if not SHAPE.fullmatch(number):
        raise ValidationError(_("An ID number has 17 digits, then a digit or X."), code="format")
    if number[-1] != ric.calc_check_digit(number):
        raise ValidationError(
            _("The last character does not check. Compare the number with the identity card."),
            code="checksum",
        )
    refuse_birth(number, today)
    return number


def refuse_birth(number: str, today: date) -> None:
    """Raise ValidationError where digits 7 to 14 are not the birth date of somebody who can act for an enterprise."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise ValidationError(_("Digits 7 to 14 are no date of birth."), code="birth") from error
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    age = today.year - born.year - (not had_birthday)
    if born < EARLIEST_BIRTH or age < LEAST_AGE:
        raise ValidationError(
            _("By digits 7 to 14 nobody of an age to act for an enterprise. Compare the number."),
            code="birth",
        )
