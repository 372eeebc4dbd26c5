"""Short codes and positions of an enterprise's file: the form and the import judge them alike."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Degrees between which the country lies; a point outside is a slip, most often the two exchanged.
LONGITUDES = (Decimal(73), Decimal(136))
LATITUDES = (Decimal(3), Decimal(54))


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
