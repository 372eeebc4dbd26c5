"""The figures of the person's area, and one figure by itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.services import may
from analytics import figures, findings
from analytics.selectors import Situation, counted, situation
from hazards.measures import TALLIES
from listings.measures import Breakdown, Measure, registry


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the hazards of the person's area: what is open, what is late, where, since when."""
    require(request.user)
    now = situation(request.user, timezone.now())
    context: dict[str, Any] = {"at": now.at, "now": now, "key_figures": key_figures(now)}
    if not now.is_empty:
        context["title"] = findings.headline(now.split.total, figures.places(now))
        context["figures"] = figures.overview(now)
    return render(request, "analytics/overview.html", context)


def require(user: User) -> None:
    """Refuse who does not watch over others."""
    if not may(user, "analytics.view_overview"):
        raise PermissionDenied


def key_figures(now: Situation) -> list[dict[str, Any]]:
    """Return the row of numbers under the title."""
    month, year, total = now.this_month, now.period, now.split.total
    flows = now.months[month.first]
    active = registry()["enterprises.active"]
    hazards = registry()
    return [
        {"value": intcomma(now.enterprises), "label": active.label, "url": active.url()},
        *(
            {
                "value": intcomma(total[code]),
                "label": hazards[f"hazards.{code}"].label,
                "url": TALLIES[code].url(year),
            }
            for code in ("open", "overdue", "major")
        ),
        *(
            {
                "value": intcomma(flows[code]),
                "label": hazards[f"hazards.{code}"].label,
                "url": TALLIES[code].url(month),
            }
            for code in ("found", "closed")
        ),
        {
            "value": findings.percent(total["in_time"], total["due"]),
            "label": findings.in_time_label(),
            "url": TALLIES["in_time"].url(year),
        },
    ]


@login_required
@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one measure, split in one of its ways."""
    require(request.user)
    found = registry().get(code)
    if found is None:
        raise Http404
    ways = {way.code: way for way in found.breakdowns}
    by = request.GET.get("by") or next(iter(ways), "")
    if by not in ways:
        raise Http404
    return render(
        request,
        "analytics/measure.html",
        {"measure": found, **parts(found, ways[by], request.user, timezone.now())},
    )


def parts(found: Measure, way: Breakdown, user: User, at: Any) -> dict[str, Any]:
    """Return the figure of a measure, the moment it speaks of, and the tabs to its other ways."""
    shares, at = counted(found, way, user, at)
    total = sum(share.count for share in shares)
    return {
        "at": at,
        "title": findings.measured(found.label, total),
        "figure": figures.shares(found, way, shares, total) if shares else None,
        "tabs": [
            {"label": each.label, "url": f"?by={each.code}", "current": each.code == way.code}
            for each in found.breakdowns
        ],
    }
