"""Planning a visit at the desk, beginning one on the spot: first the enterprise, then what fits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enterprises.models import Enterprise
from inspections.models import Visit
from inspections.visits import services
from inspections.visits.called import called
from inspections.visits.forms.plan import OpenForm, PlanForm, goes_out
from inspections.visits.selectors import planned_nearby, quota_with
from lifecycle.refusals import NotPermitted, Refusal, VerbRefused
from lifecycle.views import add_errors

# More digits than a key can have; the database would refuse the number.
LONGEST_KEY = 19
REFUSED, INVALID = 409, 422


class WhereForm(forms.Form):
    """Which enterprise, before anything else is asked."""

    enterprise = forms.ChoiceField(
        label=_("Enterprise"), widget=forms.Select(attrs={"data-pick": reverse_lazy("enterprises:search")})
    )


def chosen(request: HttpRequest) -> Enterprise | None:
    """Return the enterprise named in the address; 404 when the person does not see it."""
    key = request.GET.get("enterprise", "")
    if not key:
        return None
    known = key if key.isascii() and key.isdigit() and len(key) < LONGEST_KEY else 0
    return get_object_or_404(Enterprise.objects.visible_to(request.user), pk=known)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit for a day."""
    return page(request, PlanForm, "inspections/plan_visit.html", services.plan_visit, "inspections:visit")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_visit(request: HttpRequest) -> HttpResponse:
    """Begin a visit on the spot, on a phone."""
    return page(request, OpenForm, "inspections/open_visit.html", services.open_visit, "inspections:check")


def page(
    request: HttpRequest, form_class: Any, template: str, service: Callable[..., Visit], leads_to: str
) -> HttpResponse:
    """Ask for the enterprise, then for the rest; make the visit and lead on."""
    if not goes_out(request.user):
        raise PermissionDenied
    enterprise, now = chosen(request), timezone.now()
    if enterprise is None:
        return render(request, template, {"where": WhereForm(), "form": None, **called(request.user)})
    form = form_class(request.POST or None, user=request.user, at=now, enterprise=enterprise)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            visit = service(enterprise, by=request.user, at=now, **form.about())
            return redirect(reverse(leads_to, args=[visit.pk]))
        except NotPermitted:
            raise
        except VerbRefused as refused:
            refusal = refused.refusal
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "form": form,
        "enterprise": enterprise,
        "refusal": refusal,
        "nearby": planned_nearby(enterprise, request.user, now),
        "quota": quota_with(request.user, enterprise, on=localdate(now)),
        **called(request.user),
    }
    return render(request, template, context, status=REFUSED if refusal else INVALID if form.errors else 200)
