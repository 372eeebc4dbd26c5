"""Pages of the life of a file beside its steps: a transfer, merging two files, handing over a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.services import may
from deadlines.services import running
from enterprises import services
from enterprises.life.forms import HandOverForm, MergeForm
from enterprises.life.handover import HAND_OVER
from enterprises.life.merging import ITSELF, MERGE, preview
from enterprises.life.tables import DECIDE
from enterprises.models import Enterprise, MergeRecord, Transfer
from lifecycle.views import add_errors, shown_refusal

CANDIDATES = 20


@login_required
@require_GET
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a file that is offered to another district: to both sides."""
    rows = Transfer.objects.visible_to(request.user).select_related(
        "enterprise", "region__parent", "from_region__parent", "asked_by", "decided_by"
    )
    row = get_object_or_404(rows, pk=pk)
    seen = Enterprise.objects.visible_to(request.user).filter(pk=row.enterprise_id).exists()
    context = {"transfer": row, "clock": running(row, DECIDE), "sees_file": seen}
    return render(request, "enterprises/transfer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the double, look at what would change, merge."""
    visible = Enterprise.objects.visible_to(request.user)
    kept = get_object_or_404(visible, pk=pk)
    if not may(request.user, MERGE, kept):
        raise PermissionDenied
    chosen = request.GET.get("with", "")
    if not (chosen.isascii() and chosen.isdigit()):
        return choose(request, kept)
    if int(chosen) == kept.pk:
        messages.error(request, ITSELF)
        return choose(request, kept, status=422)
    dropped = get_object_or_404(visible, pk=int(chosen[:18]))
    at = timezone.now()
    seen = preview(kept, dropped)
    form = MergeForm(
        request.POST or None,
        enterprise=kept,
        user=request.user,
        at=at,
        differing=[each.name for each in seen.differences],
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.merge(kept, dropped, **form.cleaned_data, by=request.user, at=at)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The two files are one now."))
            return redirect(kept)
    context = {"kept": kept, "dropped": dropped, "preview": seen, "form": form}
    return render(request, "enterprises/merge.html", context, status=422 if form.errors else 200)


def choose(request: HttpRequest, kept: Enterprise, status: int = 200) -> HttpResponse:
    """Offer files that may be the same enterprise: by the words typed, else by the name."""
    words = request.GET.get("q", "").replace("\0", "").strip() or kept.name
    rows = Enterprise.objects.visible_to(request.user).exclude(pk=kept.pk)
    found = list(rows.named_like(words).order_by("pk")[:CANDIDATES]) if len(words) > 1 else []
    context = {"kept": kept, "words": words, "found": found}
    return render(request, "enterprises/merge_choose.html", context, status=status)


@login_required
@require_http_methods(["POST"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Part two files again."""
    row = get_object_or_404(MergeRecord.objects.visible_to(request.user).select_related("kept"), pk=pk)
    reason = request.POST.get("reason", "")[:500].replace("\0", "")
    with shown_refusal(request):
        restored = services.part(row, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("The file of “%(name)s” is there again.") % {"name": restored.name})
        return redirect(restored)
    return redirect(row.kept)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who leaves and who follows."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    if not may(request.user, HAND_OVER, enterprise):
        raise PermissionDenied
    at = timezone.now()
    form = HandOverForm(request.POST or None, enterprise=enterprise, user=request.user, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.hand_over(enterprise, **form.cleaned_data, by=request.user, at=at)
        except ValidationError as error:
            add_errors(form, error)
        else:
            sentence = _("%(name)s has the tasks now: %(number)d open.")
            messages.success(request, sentence % {"name": done.successor_name, "number": done.open_tasks})
            return redirect(enterprise)
    past = enterprise.handovers.select_related("leaver", "by")[:10]
    context = {"enterprise": enterprise, "form": form, "past": past}
    return render(request, "enterprises/hand_over.html", context, status=422 if form.errors else 200)
