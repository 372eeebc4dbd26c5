"""The pages of a supervision: begun, its problems, the order, the reply."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from attachments import drafts
from attachments.models import Attachment
from deadlines.selectors import next_due
from inspections.models import GovernmentFinding, GovernmentOrder, Visit
from inspections.supervision import services
from inspections.supervision.forms import (
    CloseForm,
    NearbyHazardForm,
    OrderForm,
    ProblemForm,
    ReplyForm,
    ReturnForm,
    SuperviseForm,
    TakeBackForm,
)
from inspections.supervision.lifecycle import ORDER
from inspections.supervision.rules import lacking_order
from inspections.supervision.selectors import supervises
from inspections.visits import services as visits
from inspections.visits.rules import entitled_posts
from inspections.visits.views.onsite import INVALID, item_named, kept, on_site
from lifecycle.refusals import NotPermitted, Refusal, VerbRefused
from lifecycle.views import add_errors, done_sentence, verb_view
from paperwork.models import IssuedDocument

REFUSED = 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def supervise(request: HttpRequest) -> HttpResponse:
    """Plan a supervision of a body, or begin it at once."""
    if not supervises(request.user):
        raise PermissionDenied
    now = timezone.now()
    form = SuperviseForm(request.POST or None, user=request.user, at=now)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        at_once = "now" in request.POST
        try:
            visit = services.supervise(
                form.cleaned_data["body"], now=at_once, by=request.user, at=now, **form.about()
            )
            return redirect("inspections:check" if at_once else "inspections:visit", visit.pk)
        except NotPermitted:
            raise
        except VerbRefused as refused:
            refusal = refused.refusal
        except ValidationError as error:
            add_errors(form, error)
    status = REFUSED if refusal else INVALID if form.errors else 200
    context = {"form": form, "refusal": refusal}
    return render(request, "inspections/supervision/supervise.html", context, status=status)


@on_site
def find_problem(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record what the body does not do as it must, from an item that is not met or freely."""
    if visit.body_id is None:
        raise Http404
    item = item_named(request, visit)
    form = ProblemForm(
        request.POST or None,
        request.FILES or None,
        visit=visit,
        user=request.user,
        at=timezone.now(),
        initial=services.facts_of(item) if item else {},
    )
    drafts.entrust(form, request.user)
    if request.method == "POST" and kept(
        request, visit, form, lambda said: services.find_problem(visit, item=item, **said)
    ):
        where = f"#item-{item.pk}" if item else ""
        return redirect(reverse("inspections:check", args=[visit.pk]) + where)
    context = {"visit": visit, "item": item, "form": form}
    status = INVALID if form.errors else 200
    return render(request, "inspections/supervision/find_problem.html", context, status=status)


@on_site
def take_back_problem(request: HttpRequest, visit: Visit, problem: int) -> HttpResponse:
    """Take back a problem that was recorded by mistake, with the reason."""
    found = get_object_or_404(visit.government_findings.select_related("item"), pk=problem)
    form = TakeBackForm(request.POST or None, visit=visit, user=request.user, at=timezone.now())
    if request.method == "POST" and kept(
        request, visit, form, lambda said: services.take_back_problem(visit, found.pk, **said)
    ):
        where = f"#item-{found.item_id}" if found.item_id else ""
        return redirect(reverse("inspections:check", args=[visit.pk]) + where)
    context = {"visit": visit, "problem": found, "form": form}
    status = INVALID if form.errors else 200
    return render(request, "inspections/supervision/take_back_problem.html", context, status=status)


@on_site
def find_hazard_nearby(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record a hazard seen at an enterprise on the way: a real hazard, in its own record."""
    if visit.body_id is None:
        raise Http404
    form = NearbyHazardForm(
        request.POST or None,
        request.FILES or None,
        visit=visit,
        user=request.user,
        at=timezone.now(),
        initial={"category": "other", "grade": "general"},
    )
    drafts.entrust(form, request.user)
    if request.method == "POST" and kept(
        request, visit, form, lambda said: visits.find_hazard(visit, **said)
    ):
        return redirect(reverse("inspections:check", args=[visit.pk]) + "#free")
    context = {"visit": visit, "form": form}
    status = INVALID if form.errors else 200
    return render(request, "inspections/supervision/find_hazard_nearby.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the order after a finished supervision; the number in the address is the visit's."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).exclude(body=None), pk=pk)
    if not entitled_posts(visit, request.user, "inspections.issue_order"):
        raise PermissionDenied
    now = timezone.now()
    form = OrderForm(request.POST or None, visit=visit, at=now)
    refusal = lacking_order(visit, request.user)
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            order = services.issue_order(visit, by=request.user, at=now, **form.cleaned_data)
            messages.success(request, done_sentence(ORDER, ORDER.verb("issue_order")))
            return redirect(order)
        except NotPermitted:
            raise
        except VerbRefused as refused:
            refusal = refused.refusal
        except ValidationError as error:
            add_errors(form, error)
    context = {
        "visit": visit,
        "form": form,
        "refusal": refusal,
        "findings": visit.government_findings.order_by("pk"),
    }
    status = REFUSED if refusal and request.method == "POST" else INVALID if form.errors else 200
    return render(request, "inspections/supervision/issue_order.html", context, status=status)


@login_required
@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one order: what was found, what was answered, how it ended."""
    rows = GovernmentOrder.objects.visible_to(request.user).select_related(
        "visit__body", "visit__organisation", "visit__region", "issued_by", "replied_by", "closed_by"
    )
    row = get_object_or_404(rows, pk=pk)
    context = {
        "order": row,
        "visit": row.visit,
        "deadline": next_due(row),
        "findings": with_files(list(row.visit.government_findings.select_related("item").order_by("pk"))),
        "documents": IssuedDocument.objects.visible_to(request.user).about(row).without_bytes(),
    }
    return render(request, "inspections/supervision/order.html", context)


def with_files(findings: list[GovernmentFinding]) -> list[GovernmentFinding]:
    """Add to each finding its photos and papers, by one query."""
    kind = ContentType.objects.get_for_model(GovernmentFinding)
    rows = Attachment.objects.filter(target_type=kind, target_id__in=[found.pk for found in findings])
    files: dict[int, list[Any]] = {}
    for file in rows.select_related("uploaded_by").order_by("pk"):
        files.setdefault(file.target_id, []).append(file)
    for found in findings:
        found.before = [file for file in files.get(found.pk, []) if file.purpose == "before"]
        found.after = [file for file in files.get(found.pk, []) if file.purpose == "after"]
    return findings


FORMS: dict[str, Any] = {"reply_order": ReplyForm, "return_reply": ReturnForm, "close_order": CloseForm}


def answered(order: GovernmentOrder) -> dict[str, Any]:
    """Show what was ordered and what the body answered; nobody decides on what they do not see."""
    return {"findings": with_files(list(order.visit.government_findings.order_by("pk")))}


VIEWS = {
    name: verb_view(
        ORDER,
        name,
        form_class=form,
        service=getattr(services, name),
        model=GovernmentOrder,
        template="inspections/supervision/decide.html",
        shown=None if name == "reply_order" else answered,
    )
    for name, form in FORMS.items()
}
