"""The picker of divisions: search as you type, inside what the person may see."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from regions.models import RegionLevel
from regions.selectors import search_regions


@login_required
@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """At most twenty divisions that match a name or a code, in the form Tom Select reads."""
    level = request.GET.get("level", "")
    levels = [int(level)] if level.isdecimal() and int(level) in RegionLevel.values else []
    found = search_regions(request.user, text=request.GET.get("q", ""), levels=levels)
    return JsonResponse({"results": found})
