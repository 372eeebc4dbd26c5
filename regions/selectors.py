"""Reads across divisions: the picker, the names along a path, the places below one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from regions.codes import GRID_LENGTH, prefixes
from regions.models import Region

PICKER_ROWS = 20
LONGEST_SEARCH = 40


def search_regions(viewer: Any, *, text: str, levels: Collection[int] = ()) -> list[dict[str, str]]:
    """What a picker offers: code, name and the path above it as a note, the widest places first."""
    rows = Region.objects.visible_to(viewer).matching(text.strip().replace("\0", "")[:LONGEST_SEARCH])
    if levels:
        rows = rows.filter(level__in=levels)
    found = list(rows.order_by("level", "code")[:PICKER_ROWS])
    names = names_of(code for region in found for code in region.path_codes)
    return [
        {
            "id": region.code,
            "text": region.name,
            "note": " › ".join(names[code] for code in region.path_codes[:-1] if code in names),
        }
        for region in found
    ]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Names of many divisions in one query; unknown codes are left out."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "name"))


def breadcrumbs(code: str) -> list[Region]:
    """The divisions from the province down to this one, as far as they are loaded."""
    found = Region.objects.in_bulk([each for each in prefixes(code) if len(each) != GRID_LENGTH])
    return [found[each] for each in prefixes(code) if each in found]
