"""Reading the division of a row: by its code, padded or not, or by its name within the person's own area."""

import unicodedata
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from listings.importing.parsers import NOTHING, written
from listings.importing.spec import Parse, Run
from regions.codes import prefixes, trim
from regions.models import Region


def place(run: Run) -> Parse:
    """Return the parser of a division; whether a code exists and is covered is asked of the whole file later."""
    names = names_within(run)

    def parse(raw: Any) -> str | None:
        words = unicodedata.normalize("NFKC", written(raw)).replace(" ", "")
        if words in NOTHING:
            return None
        if words.isdecimal():
            return code_of(words)
        found = names.get(words, ())
        if len(found) > 1:
            raise ValidationError(_("Several divisions are called so; write the code of 12 digits."))
        if not found:
            raise ValidationError(_("No division of this name in your area; write the code of 12 digits."))
        return next(iter(found))

    return parse


def code_of(digits: str) -> str:
    """Return the code cut to its significant digits."""
    try:
        return trim(digits)
    except ValueError:
        raise ValidationError(
            _("A division code has 6, 9 or 12 digits, not %(n)d."), params={"n": len(digits)}
        ) from None


def names_within(run: Run) -> dict[str, set[str]]:
    """Return the codes of each name, alone and behind the names of the wider places."""
    held = [entry.region for entry in run.entries if entry.region]
    wider = {code for region in held for code in prefixes(region)}
    rows = dict(Region.objects.filter(code__in=wider).values_list("code", "name"))
    for region in held:
        rows.update(Region.objects.within(region).values_list("code", "name"))
    found: dict[str, set[str]] = defaultdict(set)
    for code in rows:
        if not any(code.startswith(region) for region in held):
            continue
        name = ""
        for part in reversed(prefixes(code)):
            name = rows.get(part, "") + name
            found[name].add(code)
    return found
