"""Reading the division of a row: by its code, padded or not, or by its name within the person's own area.

What a division was called before, or which code it had, leads to the one of today where that is known.
"""

import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listings.importing.parsers import NOTHING, written
from listings.importing.spec import Parse, Run
from regions.codes import prefixes, trim
from regions.former import FormerPlaces
from regions.models import Region
from regions.words import listed

# How many like names are offered, how like they are, and for how many names of one file.
SUGGESTED, ALIKE, LOOKED_FOR = 3, 0.6, 200


def place(run: Run) -> Parse:
    """Return the parser of a division; whether a code exists and is covered is asked of the whole file later."""
    around, former, areas = names_around(run), FormerPlaces.read(), areas_of(run)
    names = names_of_area(run, around)
    before = former.names((code for code in around if code.startswith(areas)), around)
    asked: dict[str, str] = {}

    def parse(raw: Any) -> str | None:
        words = unicodedata.normalize("NFKC", written(raw)).replace(" ", "")
        if words in NOTHING:
            return None
        if words.isdecimal():
            return former.present(code_of(words))
        found = names.get(words) or before.get(words, ())
        if len(found) > 1:
            raise ValidationError(_("Several divisions are called so; write the code of 12 digits."))
        if not found:
            raise ValidationError(unknown_name_sentence(words, names, asked))
        return next(iter(found))

    return parse


def unknown_name_sentence(words: str, names: dict[str, set[str]], asked: dict[str, str]) -> str:
    """Say that no division has the name, and which have one like it: it may have been renamed or mistyped."""
    plain = gettext("No division of this name in your area; write the code of 12 digits.")
    # Looking for the like takes long beside reading a cell, and a file full of wrong names has one cause.
    if words not in asked and len(asked) < LOOKED_FOR:
        asked[words] = listed(get_close_matches(words, names, SUGGESTED, ALIKE))
    alike = asked.get(words)
    if not alike:
        return plain
    return plain + gettext(" If it was renamed, write the present name. Alike: %(names)s.") % {"names": alike}


def unknown_code_sentences(codes: set[str]) -> dict[str, str]:
    """Say for each code that no division has it, and which is the narrowest known place around it."""
    wider = {part for code in codes for part in prefixes(code)}
    known = dict(Region.objects.filter(code__in=wider).values_list("code", "name"))
    found = {}
    for code in codes:
        around = [part for part in prefixes(code) if part in known]
        found[code] = gettext("No division has the code %(code)s.") % {"code": code}
        if around:
            found[code] += gettext(
                " If it was merged or renamed, write the present one; %(around)s is %(name)s."
            ) % {"around": around[-1], "name": known[around[-1]]}
    return found


def code_of(digits: str) -> str:
    """Return the code cut to its significant digits."""
    try:
        return trim(digits)
    except ValueError:
        raise ValidationError(
            _("A division code has 6, 9 or 12 digits, not %(n)d."), params={"n": len(digits)}
        ) from None


def areas_of(run: Run) -> tuple[str, ...]:
    """Return the codes of the person's areas."""
    return tuple(entry.region for entry in run.entries if entry.region)


def names_around(run: Run) -> dict[str, str]:
    """Return the names of the divisions of the person's area, and of those around it, by their codes."""
    areas = areas_of(run)
    wider = {code for region in areas for code in prefixes(region)}
    rows = dict(Region.objects.filter(code__in=wider).values_list("code", "name"))
    for region in areas:
        rows.update(Region.objects.current().within(region).values_list("code", "name"))
    return rows


def names_of_area(run: Run, rows: dict[str, str]) -> dict[str, set[str]]:
    """Return the codes of each name within the area, alone and behind the names of the wider places."""
    found: dict[str, set[str]] = defaultdict(set)
    areas = areas_of(run)
    for code in rows:
        if not code.startswith(areas):
            continue
        name = ""
        for part in reversed(prefixes(code)):
            name = rows.get(part, "") + name
            found[name].add(code)
    return found
