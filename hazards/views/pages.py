"""One hazard's page, the report form, and the warning of a likely duplicate."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Role, User
from accounts.services import may
from attachments import drafts
from attachments.services import of
from deadlines.selectors import next_due
from enterprises.models import Enterprise
from hazards import services
from hazards.forms.report import ReportForm
from hazards.models import Hazard
from hazards.querysets import ENDED_STATES
from hazards.selectors import recent_places, similar_open
from lifecycle.views import add_errors, shown_refusal


@login_required
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one hazard."""
    # Not the criterion, which few have: with a seventh table PostgreSQL plans for longer than it reads.
    rows = Hazard.objects.visible_to(request.user).with_requests().with_list_relations()
    hazard = get_object_or_404(rows.select_related("found_by", "rectified_by", "verifier"), pk=pk)
    files = list(of(hazard))
    return render(
        request,
        "hazards/detail.html",
        {
            "hazard": hazard,
            "before": [file for file in files if file.purpose == "before"],
            "after": [file for file in files if file.purpose == "after"],
            "deadline": next_due(hazard),
            "plan": hazard.plans.first() if hazard.is_major else None,
            "listing": hazard.listings.filter(delisted_at=None).first() if hazard.is_listed else None,
            "extension": hazard.extensions.filter(granted=None).first()
            if hazard.state == "extension_pending"
            else None,
            "can_issue_notice": hazard.state not in ENDED_STATES
            and may(request.user, "hazards.issue_notice", hazard),
        },
    )


def own_enterprise(user: User) -> Enterprise | None:
    """Return the enterprise whose safety officer the person is, if that is the only post held."""
    entries = user.scope.entries
    if len(entries) == 1 and entries[0].role == Role.ENTERPRISE:
        return Enterprise.objects.visible_to(user).first()
    return None


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a hazard: a phone page for who works on site, a desk page for regulators."""
    if not may(request.user, "hazards.report"):
        raise PermissionDenied
    enterprise, now = own_enterprise(request.user), timezone.now()
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        at=now,
        enterprise=enterprise,
        initial={"enterprise": request.GET.get("enterprise", "")},
    )
    if request.method == "POST" and (hazard := enter(form, enterprise, by=request.user, at=now)):
        return redirect(after_report(hazard, form))
    on_site = enterprise is not None or any(entry.role == Role.GRID for entry in request.user.scope.entries)
    template = "hazards/report_phone.html" if on_site else "hazards/report.html"
    places = recent_places(enterprise) if enterprise else []
    context = {"form": form, "enterprise": enterprise, "places": places}
    return render(request, template, context, status=422 if form.errors else 200)


def enter(form: ReportForm, enterprise: Enterprise | None, *, by: User, at: datetime) -> Hazard | None:
    """Enter the hazard with its photos; None when the form is to be mended, and then the sound photos wait with it."""
    drafts.entrust(form, by)
    valid = form.is_valid()
    drafts.keep(form, by=by, at=at)
    if not valid:
        return None
    try:
        hazard = services.report(
            enterprise or form.cleaned_data["enterprise"],
            facts=form.facts(),
            photos=form.cleaned_data["photos"],
            by=by,
            at=at,
            key=form.cleaned_data["key"],
        )
    except ValidationError as error:
        add_errors(form, error)
        return None
    # The same form sent twice brought its photos twice.
    drafts.discard(form)
    return hazard


def after_report(hazard: Hazard, form: ReportForm) -> str:
    """Lead on to closing when it can be put right at once, else to the hazard's page."""
    if form.cleaned_data["fix"] == "now" and form.fixed:
        return reverse("hazards:close_by_enterprise", args=[hazard.pk])
    return hazard.get_absolute_url()


@login_required
@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """Show open hazards with like words, while the person is typing."""
    enterprise = own_enterprise(request.user)
    if enterprise is None:
        chosen = request.GET.get("enterprise", "")
        visible = Enterprise.objects.visible_to(request.user)
        enterprise = visible.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None
    words = request.GET.get("description", "").replace("\0", "").strip()
    found = similar_open(request.user, enterprise, words) if enterprise and len(words) >= 4 else []
    return render(request, "hazards/_similar.html", {"similar": list(found)})


@login_required
@require_POST
def issue_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the rectification notice and lead to its page."""
    hazard = get_object_or_404(Hazard.objects.visible_to(request.user), pk=pk)
    with shown_refusal(request):
        return redirect(services.issue_notice(hazard, by=request.user, at=timezone.now()))
    return redirect(hazard)
