"""Telephone numbers as people type them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

MOBILE = re.compile(r"1[3-9]\d{9}")
AMBULANCE = "120"
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
# The telephones of persons in a file: found by their digits, shown masked.
PERSONAL = (
    "legal_rep_phone",
    "principal_phone",
    "safety_deputy_phone",
    "safety_director_phone",
    "contact_phone",
    "emergency_contact_phone",
    "duty_phone",
)


def clean_phone(text: str, *, mobile: bool = False) -> str:
    """Return the number without spaces; raises ValidationError saying how many digits are missing or too many.

    With `mobile`, only a mobile number will do, because SMS go there.
    """
    number = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", text))
    if MOBILE.fullmatch(number):
        return number
    if not mobile and LANDLINE.fullmatch(number):
        return number
    if number.isdigit() and number.startswith("1") and len(number) != 11:
        raise ValidationError(
            ngettext(
                "%(n)d digit; a mobile number has 11.", "%(n)d digits; a mobile number has 11.", len(number)
            ),
            params={"n": len(number)},
            code="length",
        )
    if mobile:
        raise ValidationError(_("A mobile number of 11 digits, starting with 1."), code="mobile")
    raise ValidationError(_("A mobile number of 11 digits, or a landline with its area code."), code="phone")


def clean_hospital_tel(text: str) -> str:
    """Return the number of a hospital, which may be that of the ambulance; raises ValidationError as `clean_phone`."""
    return AMBULANCE if text.strip() == AMBULANCE else clean_phone(text)
