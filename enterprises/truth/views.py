"""Pages about the truth of files: the tap that confirms, change requests, conflicts, quality."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.services import may
from deadlines.selectors import next_due
from enterprises.groups import BY_CODE
from enterprises.models import ChangeRequest, Conflict, Enterprise
from enterprises.truth import conflicts, facts, forms, requests
from enterprises.truth.reasons import lost_points
from enterprises.truth.selectors import compared
from enterprises.truth.staffing import checks
from enterprises.truth.tables import CHANGE_REQUEST, CONFLICT
from lifecycle.views import shown_refusal, verb_view


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Say that a group of facts is still right, and lead back to it."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    if group not in BY_CODE:
        raise Http404
    with shown_refusal(request):
        facts.confirm(enterprise, group, by=request.user, at=timezone.now())
    return redirect(f"{enterprise.get_absolute_url()}#g-{group}")


@login_required
@require_GET
def change_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the enterprise asks to change: before and after, side by side."""
    rows = ChangeRequest.objects.visible_to(request.user).select_related(
        "enterprise__region", "asked_by", "decided_by"
    )
    found = get_object_or_404(rows, pk=pk)
    context = {
        "change": found,
        "rows": compared(found.enterprise, found.before, found.after),
        "deadline": next_due(found),
    }
    return render(request, "enterprises/change_request.html", context)


@login_required
@require_GET
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is on file beside what was seen."""
    rows = Conflict.objects.visible_to(request.user).select_related(
        "enterprise__region", "reported_by", "resolved_by"
    )
    found = get_object_or_404(rows, pk=pk)
    return render(request, "enterprises/conflict.html", {"conflict": found, "deadline": next_due(found)})


@login_required
@require_GET
def quality(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why the file has its score; every lost point opens the field behind it."""
    rows = Enterprise.objects.visible_to(request.user).select_related("quality", "region")
    enterprise = get_object_or_404(rows, pk=pk)
    now = timezone.now()
    context = {
        "enterprise": enterprise,
        "quality": getattr(enterprise, "quality", None),
        "lost": lost_points(enterprise, request.user, at=now),
        "checks": checks(enterprise, on=timezone.localdate(now)),
        "can_change": may(request.user, "enterprises.change", enterprise),
    }
    return render(request, "enterprises/quality.html", context)


CHANGE_FORMS = {
    "approve_change": forms.ChangeNoteForm,
    "return_change": forms.ChangeReasonForm,
    "withdraw_change": forms.ChangeNoteForm,
}
CONFLICT_FORMS = {
    "take_seen": forms.TakeSeenForm,
    "keep_declared": forms.ConflictReasonForm,
    "dismiss_conflict": forms.ConflictReasonForm,
}


def both_sides(change: ChangeRequest) -> dict[str, Any]:
    """Show before and after: nobody decides on what they do not see."""
    return {"rows": compared(change.enterprise, change.before, change.after)}


VIEWS = {
    **{
        name: verb_view(
            CHANGE_REQUEST,
            name,
            service=getattr(requests, name),
            model=ChangeRequest,
            form_class=form,
            record_name="change",
            template="enterprises/decide_change.html",
            shown=both_sides,
        )
        for name, form in CHANGE_FORMS.items()
    },
    **{
        name: verb_view(
            CONFLICT,
            name,
            service=getattr(conflicts, name),
            model=Conflict,
            form_class=form,
            record_name="conflict",
            template="enterprises/decide_conflict.html",
        )
        for name, form in CONFLICT_FORMS.items()
    },
}
