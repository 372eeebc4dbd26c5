"""The unified social credit code (GB 32100-2015): read it as people type it, and say what is wrong with it."""

import re
import unicodedata
from operator import mul

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as BadNumber

SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_right(code: str) -> bool:
    """Say whether a code checks, quickly: an import asks it of every row.

    The check character makes the weighted sum of all eighteen a multiple of 31.
    """
    if not SHAPE.fullmatch(code) or not code[:8].isdigit():
        return False
    values = [VALUES[sign] for sign in code]
    return (sum(map(mul, values, WEIGHTS)) + values[17]) % 31 == 0


def clean_uscc(text: str) -> str:
    """Return the code in capitals without spaces and full-width letters.

    Raises ValidationError with the sentence that tells the person what to compare. Only the eighteenth character is
    a hard check: organisation codes issued after 2015 need not pass their own (handbook §3.3).
    """
    if is_right(text):
        return text
    code = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
    try:
        uscc.validate(code)
    except InvalidLength as error:
        raise ValidationError(
            ngettext(
                "The code has %(n)d character; it must have 18. Copy it from the business licence.",
                "The code has %(n)d characters; it must have 18. Copy it from the business licence.",
                len(code),
            ),
            params={"n": len(code)},
            code="length",
        ) from error
    except InvalidChecksum as error:
        raise ValidationError(
            _(
                "The 18th character does not check. Compare the code with the licence; 0 and O, 1 and I are mixed up most."
            ),
            code="checksum",
        ) from error
    except BadNumber as error:
        raise ValidationError(
            _("The code holds a character it cannot hold: only digits and capitals without I, O, S, V, Z."),
            code="format",
        ) from error
    return code
