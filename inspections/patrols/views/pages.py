"""What is due to who goes round, a route with its stops, and how a route is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.services import may
from inspections.kinds import KINDS
from inspections.models import PatrolRoute, PatrolStop
from inspections.patrols import services
from inspections.patrols.forms import DrawForm, EndForm, PatrolForm, RouteForm
from inspections.self_checks.views.pages import posted
from lifecycle.refusals import VerbRefused
from lifecycle.views import add_errors

AHEAD = timedelta(days=7)
SHOWN = 100
REFUSED, INVALID = 409, 422


def stops_to_make(request: HttpRequest) -> QuerySet[PatrolStop]:
    """Return the stops of patrols that the person's posts make, where they see them."""
    kinds = [code for code, kind in KINDS.items() if kind.makers & request.user.roles]
    rows = PatrolStop.objects.visible_to(request.user).filter(route__kind__in=kinds, route__is_active=True)
    return rows.select_related("enterprise__region", "route")


@login_required
@require_GET
def patrols_due(request: HttpRequest) -> HttpResponse:
    """Show on a phone what is overdue, due this week, and what comes then."""
    if not may(request.user, "inspections.go_round"):
        raise PermissionDenied
    today = timezone.localdate()
    rows = stops_to_make(request).order_by("next_on", "pk")
    soon = list(rows.filter(next_on__lte=today + AHEAD)[:SHOWN])
    context = {
        "late": [stop for stop in soon if stop.next_on < today],
        "week": [stop for stop in soon if stop.next_on >= today],
        "later": rows.filter(next_on__gt=today + AHEAD)[:SHOWN],
        "more": len(soon) == SHOWN,
    }
    return render(request, "inspections/patrols/due.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin_patrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the patrol of a stop."""
    rows = PatrolStop.objects.visible_to(request.user).select_related("enterprise__region", "route")
    stop, now = get_object_or_404(rows, pk=pk), timezone.now()
    makes = KINDS[stop.route.kind].makers & request.user.roles
    if not makes or not may(request.user, "inspections.go_round", stop):
        raise PermissionDenied
    form, status = PatrolForm(posted(request), stop=stop, at=now), 200
    if request.method == "POST" and form.is_valid():
        try:
            visit = services.begin_patrol(stop, **form.given(), by=request.user, at=now)
            return redirect("inspections:check", visit.pk)
        except VerbRefused as refused:
            form.add_error(None, str(refused))
            status = REFUSED
        except ValidationError as error:
            add_errors(form, error)
    context = {"stop": stop, "form": form}
    status = status if status != 200 or not form.errors else INVALID
    return render(request, "inspections/patrols/begin.html", context, status=status)


def route_of(request: HttpRequest, pk: int) -> PatrolRoute:
    """Return the route, if the person sees it."""
    rows = PatrolRoute.objects.visible_to(request.user).select_related("region", "grid", "worker")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def route(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a route: who goes round, its stops in the order in which they are due, what was missed."""
    row, today = route_of(request, pk), timezone.localdate()
    stops = PatrolStop.objects.visible_to(request.user).filter(route=row)
    makes = bool(KINDS[row.kind].makers & request.user.roles)
    context = {
        "route": row,
        "stops": stops.select_related("enterprise", "last_visit").order_by("next_on", "pk")[:SHOWN],
        "counts": stops.aggregate(
            all=Count("pk"),
            late=Count("pk", filter=Q(next_on__lt=today)),
            missed=Count("pk", filter=Q(missed_count__gt=0)),
        ),
        "can_edit": row.is_active and may(request.user, "inspections.edit_route", row),
        "can_go": makes and may(request.user, "inspections.go_round"),
    }
    return render(request, "inspections/patrols/route.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw_route(request: HttpRequest) -> HttpResponse:
    """Draw a new route."""
    if not may(request.user, "inspections.edit_route"):
        raise PermissionDenied
    now = timezone.now()
    form = DrawForm(posted(request), user=request.user, at=now)
    return answered(
        request, form, _("Draw a route"), lambda: services.draw_route(**form.facts(), by=request.user, at=now)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a route another name, or another person who goes round."""
    row, now = kept_route(request, pk), timezone.now()
    form = RouteForm(posted(request), user=request.user, at=now, route=row)
    return answered(
        request,
        form,
        _("Change the route"),
        lambda: services.change_route(row, facts=form.facts(), by=request.user, at=now),
        row,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a route out of use."""
    row = kept_route(request, pk)
    form = EndForm(posted(request))
    return answered(
        request,
        form,
        _("End the route"),
        lambda: services.end_route(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        row,
    )


def kept_route(request: HttpRequest, pk: int) -> PatrolRoute:
    """Return the route, if the person keeps it; 403 for who only reads it."""
    row = route_of(request, pk)
    if not may(request.user, "inspections.edit_route", row):
        raise PermissionDenied
    return row


def answered(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    save: Callable[[], Any],
    row: PatrolRoute | None = None,
) -> HttpResponse:
    """Show a form about a route, or save it and lead to the route."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(save())
        except ValidationError as error:
            add_errors(form, error)
    context = {"form": form, "title": title, "route": row}
    return render(request, "inspections/patrols/form.html", context, status=INVALID if form.errors else 200)
