"""The page of a document, its files, and the check that anyone may make."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from paperwork.models import IssuedDocument, RenderState

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the document's page; while the paper is being made, how far it is."""
    rows = IssuedDocument.objects.visible_to(request.user).without_bytes()
    row = get_object_or_404(rows.select_related("organisation", "issued_by"), pk=pk)
    template = "paperwork/_document.html" if request.htmx else "paperwork/document.html"
    return render(request, template, {"document": row})


@login_required
@require_GET
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give the file: the PDF to look at, the .docx to keep."""
    row = get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=pk, state=RenderState.READY)
    data = {"pdf": row.pdf, "docx": row.docx}.get(kind)
    if not data:
        raise Http404
    response = HttpResponse(bytes(data), content_type=TYPES[kind])
    name = f"{row.number}{row.title}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(kind == "docx", name)
    return response


@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell anyone who has the code what was issued with it, and whether it still stands; nothing more."""
    row = (
        IssuedDocument.objects.without_bytes()
        .select_related("organisation")
        .filter(code=code.upper())
        .first()
    )
    return render(
        request, "paperwork/verify.html", {"document": row, "code": code}, status=200 if row else 404
    )
