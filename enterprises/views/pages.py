"""One enterprise's file, its form, and the searches that forms use."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.services import may
from enterprises import services
from enterprises.forms import EnterpriseForm
from enterprises.grids import grids_for
from enterprises.ledgers import expiring
from enterprises.life.shown import life_of
from enterprises.models import Enterprise
from enterprises.selectors import risk_labels
from enterprises.truth.selectors import asked_at, blocks, current_work, hidden_from, unasked
from enterprises.views.file import follows_merges
from lifecycle.views import add_errors

PICKER_ROWS = 20
TWIN_ROWS = 5


@login_required
@follows_merges
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one enterprise's file.

    What lies below its blocks (its life, what other apps keep about it, its history) follows when the page stands
    (`part`), or stands on it if the address asks for the `whole`.
    """
    rows = Enterprise.objects.visible_to(request.user).select_related(
        "region", "region__parent", "grid", "supervising_organisation", "competent_department", "quality"
    )
    enterprise = get_object_or_404(rows, pk=pk)
    now = timezone.now()
    if request.GET.get("part") == "below":
        below = {"life": life_of(enterprise, request.user), "hidden": hidden_from(request.user, enterprise)}
        context = {"enterprise": enterprise, "is_part": True, **below}
        return render(request, "enterprises/_below.html", context)
    shown, is_whole = blocks(enterprise, request.user, now), "whole" in request.GET
    context = {
        "enterprise": enterprise,
        "blocks": shown,
        "stale_count": sum(not block.is_fresh for block in shown),
        "quality": getattr(enterprise, "quality", None),
        "work": current_work(enterprise, request.user),
        "papers": expiring(enterprise, on=timezone.localdate(now)),
        "risk_tags": risk_labels(enterprise),
        "can_change": may(request.user, "enterprises.change", enterprise),
        "other_ledgers": unasked(enterprise, on=timezone.localdate(now)),
        "pdf_enabled": settings.PDF_ENABLED,
        "is_whole": is_whole,
        "life": life_of(enterprise, request.user) if is_whole else None,
        "hidden": hidden_from(request.user, enterprise),
    }
    return render(request, "enterprises/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Open a new file."""
    if not may(request.user, "enterprises.register"):
        raise PermissionDenied
    now = timezone.now()
    form = EnterpriseForm(request.POST or None, user=request.user, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.register(facts=form.facts(), by=request.user, at=now))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "enterprises/form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a file."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    if not may(request.user, "enterprises.change", enterprise):
        raise PermissionDenied
    now = timezone.now()
    form = EnterpriseForm(
        request.POST or None, instance=enterprise, user=request.user, today=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change(enterprise, facts=form.facts(), by=request.user, at=now)
        except ValidationError as error:
            add_errors(form, error)
        else:
            if asked := asked_at(enterprise, now):
                messages.info(
                    request, _("What the regulator decides on has been asked for; the rest is saved.")
                )
            return redirect(asked or enterprise)
    context = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """Answer the picker of forms: enterprises the person sees, by a part of name or code."""
    words = request.GET.get("q", "").replace("\0", "").strip()
    rows = Enterprise.objects.visible_to(request.user).active()
    found = rows.named_like(words)[:PICKER_ROWS] if words else rows.none()
    return JsonResponse({"results": [{"id": row.pk, "text": row.name, "note": row.uscc} for row in found]})


@login_required
@require_GET
def grids(request: HttpRequest) -> HttpResponse:
    """Give the grids of a division as the options of a choice, while the division is being chosen."""
    place = request.GET.get("region", "")
    known = place if place.isascii() and place.isdigit() else ""
    return render(request, "enterprises/_grids.html", {"grids": list(grids_for(request.user, known))})


@login_required
@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """Warn of a file that may be the same enterprise, while the name is being typed."""
    words = request.GET.get("name", "").replace("\0", "").strip()
    rows = Enterprise.objects.visible_to(request.user)
    found = rows.named_like(words)[:TWIN_ROWS] if len(words) >= 4 else rows.none()
    return render(request, "enterprises/_similar.html", {"similar": list(found)})
