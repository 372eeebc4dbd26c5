"""Short codes and positions of an enterprise's file: the form and the import judge them alike."""

import re
import unicodedata
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Degrees between which the country lies; a point outside is a slip, most often the two exchanged.
LONGITUDES = (Decimal(73), Decimal(136))
LATITUDES = (Decimal(3), Decimal(54))
CAS = re.compile(r"(\d{2,7})-(\d{2})-(\d)")


def clean_industry(text: str) -> str:
    """Return the four digits of the industry code."""
    code = text.strip()
    if len(code) != 4 or not (code.isascii() and code.isdecimal()):
        raise ValidationError(_("Four digits of GB/T 4754, such as 2614."))
    return code


def clean_postcode(text: str) -> str:
    """Return the six digits of the postcode."""
    code = text.strip()
    if len(code) != 6 or not (code.isascii() and code.isdecimal()):
        raise ValidationError(_("A postcode has six digits."))
    return code


def clean_degrees(degrees: Decimal | None, limits: tuple[Decimal, Decimal]) -> Decimal | None:
    """Return the position if it can lie in the country."""
    if degrees is not None and not limits[0] <= degrees <= limits[1]:
        raise ValidationError(
            _("A number from %(low)s to %(high)s."), params={"low": str(limits[0]), "high": str(limits[1])}
        )
    return degrees


def check_cas(code: str) -> None:
    """Check that this is a CAS number, such as 71-43-2, whose last digit fits the others."""
    found = CAS.fullmatch(code)
    if not found:
        raise ValidationError(_("A CAS number looks like 71-43-2."))
    digits = (found[1] + found[2])[::-1]
    if sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10 != int(found[3]):
        raise ValidationError(_("The last digit of the CAS number does not fit the others; check it."))


def clean_cas(text: str) -> str:
    """Return the CAS number of a cell, in plain digits."""
    code = unicodedata.normalize("NFKC", text).strip()
    check_cas(code)
    return code
