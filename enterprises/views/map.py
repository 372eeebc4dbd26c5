"""The map of enterprises: the list's conditions, its rows where they stand."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.models import User
from enterprises.positions import Box, by_division, in_frame
from enterprises.views.lists import EnterpriseList
from listings.tabs import conditions
from regions.selectors import names_of

OUTLINES = Path(__file__).parent.parent / "data" / "outlines"
CITY_DIGITS = 4
COLUMNS = {"county": "county_code", "town": "town_code"}


class MapPage(EnterpriseList):
    """The enterprises of the list on a map; beside it how many there are in each division."""

    key = "enterprises.map"
    title = _("Map of enterprises")
    template = "enterprises/map.html"

    def context(self) -> dict[str, Any]:
        """Return what the template shows: conditions as on the list, and no table."""
        found, level = self.tabs(), level_of(self.user)
        shares, box = by_division(self.filtered, COLUMNS[level])
        names = names_of(share.code for share in shares)
        given = conditions(self.request.GET)
        return {
            "page": self,
            "title": self.title,
            "q": self.request.GET.get("q", ""),
            "chips": self.chips(),
            "tabs": found,
            "own_tab": next((tab for tab in found if tab.own and tab.current), None),
            "panel": self.request.GET.get("panel", ""),
            "clear_url": self.clear_url(),
            "list_url": listed(given),
            "points_url": reverse("enterprises:map_points") + query_of(given),
            "tiles": settings.MAP_TILES,
            "attribution": settings.MAP_ATTRIBUTION,
            "box": box,
            "total": sum(share.count for share in shares),
            "missing": sum(share.count - share.placed for share in shares),
            "missing_url": listed({**given, "located": ["false"]}),
            "shares": [
                (names.get(share.code, share.code), share, listed({**given, level: [share.code]}))
                for share in shares
            ],
        }


def level_of(user: User) -> str:
    """Return by what the map counts: counties for whoever sees a city, else towns."""
    wide = any(entry.region and len(entry.region) <= CITY_DIGITS for entry in user.scope.entries)
    return "county" if wide else "town"


def query_of(given: dict[str, list[str]]) -> str:
    """Return conditions as the end of an address."""
    return f"?{urlencode(given, doseq=True)}" if given else ""


def listed(given: dict[str, list[str]]) -> str:
    """Return the address of the list under these conditions."""
    return reverse("enterprises:list") + query_of(given)


@login_required
@require_GET
def map_points(request: HttpRequest) -> HttpResponse:
    """Answer the map: what it draws in the frame `box` at `zoom`, under the conditions of the address."""
    zoom = request.GET.get("zoom", "")
    try:
        box = Box.read(request.GET.get("box", ""))
    except ValidationError as error:
        return HttpResponseBadRequest(" ".join(error.messages))
    page = MapPage()
    page.setup(request)
    return JsonResponse(in_frame(page.filtered, box, int(zoom) if zoom.isdecimal() and len(zoom) < 3 else 0))


@login_required
@require_GET
@cache_control(max_age=86400, private=True)
def outlines(request: HttpRequest) -> JsonResponse:
    """Give the outlines of the counties of the person's cities, as far as we have them."""
    cities = {entry.region[:CITY_DIGITS] for entry in request.user.scope.entries if entry.region}
    features = [feature for code in sorted(cities) for feature in outlines_of(code)]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@cache
def outlines_of(city: str) -> list[dict[str, Any]]:
    """Read the outlines of a city's counties; none for a city without a file."""
    file = OUTLINES / f"{city}.geojson"
    return json.loads(file.read_text(encoding="utf-8"))["features"] if file.is_file() else []
