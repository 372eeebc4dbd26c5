"""The page 两化: what a district does about its hazards."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.services import may
from inspections.figures.page import conduct_of, figures, key_figures, month_table


@login_required
@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """Show the indicators of the person's area; every number opens the list behind it."""
    if not may(request.user, "inspections.watch_conduct"):
        raise PermissionDenied
    now = conduct_of(request.user)
    context = {"now": now}
    if now:
        context |= {"figures": figures(now), "key_figures": key_figures(now), "months": month_table(now)}
    return render(request, "inspections/figures/conduct.html", context)
