"""The self-check on a phone: begin, go on, or say with one tap that all complies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deadlines.selectors import next_due
from inspections.self_checks import selectors, services
from inspections.self_checks.clock import cycle_of
from inspections.self_checks.forms import AllWellForm, BeginForm
from inspections.self_checks.views.pages import INVALID, draft_of, posted
from lifecycle.refusals import VerbRefused
from lifecycle.views import add_errors, shown_refusal

REFUSED = 409


@login_required
@require_GET
def self_check(request: HttpRequest) -> HttpResponse:
    """Lead the safety officer to the check that is due; without a list to the composing of one."""
    enterprise = selectors.own_enterprise(request.user)
    if enterprise is None:
        raise PermissionDenied
    lists = {row.state: row for row in enterprise.self_check_lists.exclude(state="superseded")}
    if row := lists.get("accepted"):
        return redirect("inspections:begin_self_check", row.pk)
    waiting = lists.get("submitted") or lists.get("draft")
    return redirect(waiting or "inspections:compose_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin_self_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to be checked and what came of it lately; begin, or go on."""
    row = draft_of(request, pk)
    form = BeginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with shown_refusal(request):
            visit = services.begin_self_check(row, **form.given(), by=request.user, at=timezone.now())
            return redirect("inspections:check", visit.pk)
        return redirect(row)
    return shown(request, row, AllWellForm(auto_id="well_%s"))


@login_required
@require_POST
def report_all_well(request: HttpRequest, pk: int) -> HttpResponse:
    """Check with one tap: all complies, nothing was found."""
    row = draft_of(request, pk)
    form = AllWellForm(request.POST, auto_id="well_%s")
    if not form.is_valid():
        return shown(request, row, form, status=INVALID)
    try:
        visit = services.report_all_well(row, **form.given(), by=request.user, at=timezone.now())
    except VerbRefused as refused:
        form.add_error(None, str(refused))
        return shown(request, row, form, status=REFUSED)
    except ValidationError as error:
        add_errors(form, error)
        return shown(request, row, form, status=INVALID)
    messages.success(request, _("The check is on record: nothing found."))
    return redirect(visit)


def shown(request: HttpRequest, row: Any, form: AllWellForm, status: int = 200) -> HttpResponse:
    """Show the page on which a check begins."""
    context = {
        "list": row,
        "form": form,
        "begin": BeginForm(auto_id="begin_%s"),
        "deadline": next_due(row),
        "cycle": cycle_of(row, on=timezone.localdate()),
        "going": selectors.going_check(row, request.user),
        "checks": selectors.checks_by(row, request.user).filter(state="finished")[:3],
        "in_use": row.state == "accepted",
    }
    return render(request, "inspections/self_checks/begin.html", context, status=status)
