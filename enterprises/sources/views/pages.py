"""One major hazard source with its calculation, and the form that enters a unit."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.services import may
from attachments.services import of
from deadlines.selectors import next_due
from enterprises.models import Enterprise, SourceUnit
from enterprises.sources import features, services
from enterprises.sources.forms import SourceForm
from enterprises.sources.lifecycle import KEEPS_FILES, TO_BE_FILED
from enterprises.sources.materials import kept
from enterprises.sources.selectors import calculation_shown, written_out
from lifecycle.views import add_errors


@login_required
@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: what it is, its calculation line by line, what is on file, and what was calculated before."""
    rows = SourceUnit.objects.visible_to(request.user).select_related("enterprise__region")
    unit = get_object_or_404(rows, pk=pk)
    history, chosen = calculation_shown(unit, request.GET.get("calculation", ""))
    materials = kept(unit)
    return render(
        request,
        "enterprises/sources/detail.html",
        {
            "unit": unit,
            "calculation": written_out(chosen) if chosen else None,
            "is_newest": bool(history) and chosen == history[0],
            "history": history,
            "materials": materials,
            # What was filed on paper before has its materials there; they are asked for with the next filing.
            "missing": sum(line.is_missing for line in materials) if unit.state in TO_BE_FILED else 0,
            "to_be_filed": unit.state in TO_BE_FILED,
            "cancel_files": list(of(unit, "mhs_cancel")) if unit.cancel_asked_at else [],
            "deadline": next_due(unit),
            "can_add": unit.state in KEEPS_FILES
            and may(request.user, "enterprises.add_source_material", unit),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def source_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a unit of an enterprise."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    if not may(request.user, "enterprises.record_source", enterprise):
        raise PermissionDenied
    now = timezone.now()
    form = SourceForm(
        *([request.POST] if request.method == "POST" else []),
        user=request.user,
        at=now,
        enterprise=enterprise,
    )
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.record_source(enterprise, by=request.user, at=now, **form.verb_data())
            return redirect(unit)
        except ValidationError as error:
            add_errors(form, error)
    wrong = request.method == "POST"
    context = {"form": form, "enterprise": enterprise}
    return render(request, "enterprises/sources/new.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def print_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the table of basic features made from the file, and show how far that is."""
    unit = get_object_or_404(SourceUnit.objects.visible_to(request.user), pk=pk)
    kind = "pdf" if request.POST.get("format") == "pdf" and settings.PDF_ENABLED else "docx"
    job = features.print_source(unit, kind=kind, by=request.user, at=timezone.now())
    return redirect("listings:job", job.pk)
