"""Reads across divisions: the picker, the names along a path, the places below one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from regions.codes import GRID_LENGTH, prefixes
from regions.models import FormerPlace, Region

PICKER_ROWS = 20
LONGEST_SEARCH = 40


def search_regions(viewer: Any, *, text: str, levels: Collection[int] = ()) -> list[dict[str, str]]:
    """What a picker offers: code, name and the path above it as a note, the widest places first.

    A division is also found by what it was called before, which then stands in the note.
    """
    words = text.strip().replace("\0", "")[:LONGEST_SEARCH]
    rows = Region.objects.visible_to(viewer).current().matching(words)
    if levels:
        rows = rows.filter(level__in=levels)
    former = FormerPlace.objects.filter(successor=OuterRef("pk"), name__icontains=words).order_by("pk")
    rows = rows.annotate(former_name=Subquery(former.values("name")[:1]))
    found = list(rows.order_by("level", "code")[:PICKER_ROWS])
    names = names_of(code for region in found for code in region.path_codes)
    return [
        {"id": region.code, "text": region.name, "note": note_of(region, names, words)} for region in found
    ]


def note_of(region: Region, names: Mapping[str, str], words: str) -> str:
    """Say where a division lies, and how it was called if that is what was looked for."""
    path = " › ".join(names[code] for code in region.path_codes[:-1] if code in names)
    if region.former_name is None or words in region.name:
        return path
    return " · ".join(part for part in (path, _("formerly %(name)s") % {"name": region.former_name}) if part)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Names of many divisions in one query; unknown codes are left out.

    Every list asks this: by the ORM it takes longer to write than to answer.
    """
    wanted = sorted({code for code in codes if code})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name FROM regions_region WHERE code = ANY(%s)", [wanted])
        return dict(cursor.fetchall())


def breadcrumbs(code: str) -> list[Region]:
    """The divisions from the province down to this one, as far as they are loaded."""
    found = Region.objects.in_bulk([each for each in prefixes(code) if len(each) != GRID_LENGTH])
    return [found[each] for each in prefixes(code) if each in found]
