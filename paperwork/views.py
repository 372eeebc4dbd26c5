"""The page of a document, its files, and the check that anyone may make."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from audit.middleware import address_of
from lifecycle.views import INVALID, add_errors, shown_refusal
from paperwork import services
from paperwork.codes import canonical
from paperwork.forms import CodeForm, CompareForm, ServiceForm, WithdrawForm
from paperwork.models import IssuedDocument, RenderState

# Codes that one address may try within so many seconds.
TRIES, TRY_SECONDS = 60, 60
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def visible(request: HttpRequest, pk: int) -> IssuedDocument:
    """Return the document without its bytes if the person may see it; else 404."""
    rows = IssuedDocument.objects.visible_to(request.user).without_bytes()
    return get_object_or_404(rows.select_related("organisation", "issued_by", "withdrawn_by"), pk=pk)


@login_required
@never_cache
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the document's page; while the paper is being made, how far it is."""
    row = visible(request, pk)
    context: dict[str, Any] = {
        "document": row,
        "can_try_again": row.state == RenderState.FAILED and may(request, "try_again", row),
    }
    if request.htmx and row.is_over:
        # What can be done with a finished paper stands elsewhere on the page.
        return HttpResponseClientRefresh()
    if request.htmx:
        return render(request, "paperwork/_document.html", context)
    context |= {
        "receipts": row.receipts.select_related("recorded_by"),
        "can_withdraw": row.withdrawn_at is None and may(request, "withdraw", row),
        "can_serve": row.withdrawn_at is None
        and row.state == RenderState.READY
        and may(request, "record_service", row),
    }
    return render(request, "paperwork/document.html", context)


def may(request: HttpRequest, verb: str, row: IssuedDocument) -> bool:
    """Say whether the button is shown."""
    return services.may_act(request.user, f"paperwork.{verb}", row)


@login_required
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the file: the PDF to look at, the .docx to keep."""
    if kind not in TYPES:
        raise Http404
    rows = IssuedDocument.objects.visible_to(request.user).filter(state=RenderState.READY)
    row = get_object_or_404(rows.only("number", "title", kind), pk=pk)
    data = getattr(row, kind)
    if not data:
        raise Http404
    response = HttpResponse(bytes(data), content_type=TYPES[kind])
    name = f"{row.number}{row.title}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(kind == "docx", name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the document with a reason."""
    return act(request, pk, "withdraw", WithdrawForm, services.withdraw, _("Withdraw the document"))


@login_required
@require_http_methods(["GET", "POST"])
def record_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on record how the document was served."""
    title = _("Record the service")
    return act(request, pk, "record_service", ServiceForm, services.record_service, title)


def act(
    request: HttpRequest,
    pk: int,
    verb: str,
    form_class: type[forms.Form],
    service: Callable[..., Any],
    title: Any,
) -> HttpResponse:
    """Show the form of a verb, or do it and lead back to the document."""
    row = visible(request, pk)
    if not may(request, verb, row):
        raise PermissionDenied
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, title)
            return redirect(row)
    context = {"document": row, "form": form, "title": title}
    return render(request, "paperwork/act.html", context, status=INVALID if form.errors else 200)


@login_required
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a document made again that could not be made."""
    row = visible(request, pk)
    with shown_refusal(request):
        services.try_again(row, by=request.user, at=timezone.now())
    return redirect(row)


@never_cache
@require_safe
def verify_code(request: HttpRequest) -> HttpResponse:
    """Ask anyone for the code that stands on the paper."""
    form = CodeForm(request.GET or None)
    if form.is_valid():
        return redirect("verify_document", form.cleaned_data["code"] or "-")
    return render(request, "paperwork/verify_code.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell anyone who has the code what was issued with it, and whether it still stands; nothing more."""
    if too_often(request):
        return render(request, "429.html", status=429)
    rows = IssuedDocument.objects.without_bytes().select_related("organisation")
    row = rows.filter(code=canonical(code)).first()
    compared = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if compared else CompareForm()
    context = {"document": row, "code": code, "form": form, "compared": compared}
    if row and form.is_valid():
        context["same"] = digest(form.cleaned_data["file"]) in {row.pdf_sha256, row.docx_sha256} - {""}
    response = render(request, "paperwork/verify.html", context, status=200 if row else 404)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def too_often(request: HttpRequest) -> bool:
    """Say whether this address tries codes faster than people and offices do."""
    key = f"verify-document:{address_of(request)}"
    cache.add(key, 0, TRY_SECONDS)
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # the minute ended between the two
        return False


def digest(upload: Any) -> str:
    """Return the SHA-256 of a file that is not kept."""
    whole = hashlib.sha256()
    for chunk in upload.chunks():
        whole.update(chunk)
    return whole.hexdigest()
