"""One self-check list: what is checked, where and by whom; and how an enterprise composes it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.services import may
from deadlines.selectors import next_due
from inspections.models import CheckItem, Edition, SelfCheckList
from inspections.risk import colour_of
from inspections.self_checks import selectors, services
from inspections.self_checks.clock import cycle_of
from inspections.self_checks.forms import AssignForm, ComposeForm, OwnItemForm
from lifecycle.views import add_errors, shown_refusal
from listings.searching import first_of

OFFERED, LONGEST = 50, 60
INVALID = 422


def list_of(request: HttpRequest, pk: int) -> SelfCheckList:
    """Return the list, if the person sees it."""
    rows = SelfCheckList.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("enterprise__region", "accepted_by", "submitted_by"), pk=pk)


def posted(request: HttpRequest) -> Any:
    """Return what was sent, if a form was: an empty one is wrong, not unasked."""
    return request.POST if request.method == "POST" else None


def draft_of(request: HttpRequest, pk: int) -> SelfCheckList:
    """Return the list, if the person may work on it; 403 for who only reads it."""
    row = list_of(request, pk)
    if not may(request.user, "inspections.compose_list", row):
        raise PermissionDenied
    return row


@login_required
@require_GET
def self_check_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a list; while it is composed, with what can be changed on it."""
    row = list_of(request, pk)
    checks = selectors.checks_by(row, request.user)
    own = may(request.user, "inspections.compose_list", row)
    context = {
        "list": row,
        "sections": selectors.sections_of(row),
        "deadline": next_due(row),
        "colour": colour_of(row.enterprise),
        "cycle": cycle_of(row, on=timezone.localdate()),
        "checks": checks[: selectors.SHOWN_CHECKS],
        "can_edit": own and row.state == "draft",
        "can_check": own and row.state == "accepted",
        "can_renew": own and row.state == "accepted" and not in_work(row),
        "form": AssignForm(),
    }
    return render(request, "inspections/self_checks/list.html", context)


def in_work(row: SelfCheckList) -> bool:
    """Say whether the next list is being worked on."""
    return SelfCheckList.objects.filter(enterprise=row.enterprise_id, state__in=services.IN_WORK).exists()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compose_list(request: HttpRequest) -> HttpResponse:
    """Begin a list: the checklists that fit the enterprise are proposed."""
    enterprise, now = selectors.own_enterprise(request.user), timezone.now()
    if enterprise is None:
        raise PermissionDenied
    form = ComposeForm(posted(request), enterprise=enterprise, at=now)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data.get("editions", ())
            return redirect(services.compose_list(enterprise, editions=chosen, by=request.user, at=now))
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "form": form,
        "enterprise": enterprise,
        "colour": colour_of(enterprise),
        "in_use": enterprise.self_check_lists.filter(state="accepted").first(),
    }
    status = INVALID if form.errors else 200
    return render(request, "inspections/self_checks/compose.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_list_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for items of the library, or take whole checklists that fit, into the draft."""
    row, now = draft_of(request, pk), timezone.now()
    library = CheckItem.objects.readable_in_library(request.user)
    if request.method == "POST":
        items = library.filter(pk__in=selectors.whole(request.POST.getlist("item"))[:OFFERED])
        chosen = selectors.whole(request.POST.getlist("edition"))[:OFFERED]
        editions = Edition.objects.filter(pk__in=chosen, state="published", checklist__purpose="enterprise")
        with shown_refusal(request):
            taken = services.take_list_items(
                row, items=list(items), editions=list(editions), by=request.user, at=now
            )
            words = ngettext("%(n)d item was added.", "%(n)d items were added.", taken)
            messages.success(request, words % {"n": taken})
            return redirect(row)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    there = row.lines.values("item")
    rows = library.exclude(pk__in=there).order_by("code", "pk")
    context = {
        "list": row,
        "words": words,
        "found": first_of(rows, "search_text", words, request.user).rows[:OFFERED] if words else [],
        "limit": OFFERED,
        "editions": selectors.fitting_editions(row.enterprise, timezone.localdate(now)),
    }
    return render(request, "inspections/self_checks/take_items.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_own_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an item that the library does not have."""
    row = draft_of(request, pk)
    form = OwnItemForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_own_item(row, facts=form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(row)
        except ValidationError as error:
            add_errors(form, error)
    context = {"list": row, "form": form}
    return render(
        request, "inspections/self_checks/own_item.html", context, status=INVALID if form.errors else 200
    )


@login_required
@require_POST
def assign_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where and by whom the ticked lines are checked."""
    row, form = draft_of(request, pk), AssignForm(request.POST)
    with shown_refusal(request):
        if not form.is_valid():
            raise ValidationError([words for found in form.errors.values() for words in found])
        services.assign_lines(
            row, lines=ticked(request), **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Put on record."))
    return redirect(row)


@login_required
@require_POST
def remove_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ticked lines out of the draft."""
    row = draft_of(request, pk)
    with shown_refusal(request):
        services.remove_lines(row, lines=ticked(request), by=request.user, at=timezone.now())
    return redirect(row)


def ticked(request: HttpRequest) -> list[int]:
    """Return the keys of the ticked lines; raise ValidationError when none is ticked."""
    keys: list[Any] = selectors.whole(request.POST.getlist("line"))
    if not keys:
        raise ValidationError(_("Tick the items first."))
    return keys
