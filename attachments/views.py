"""Opening a file: only for who may see the record it belongs to."""

from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from attachments.models import Attachment, ScanState


def visible(user: User, pk: int) -> Attachment:
    """Return the file if the person may see its record, or gave it and has not yet bound it; else 404."""
    row = get_object_or_404(Attachment, pk=pk, scan_state=ScanState.CLEAN)
    if row.target_id is None:
        if row.uploaded_by_id != user.pk:
            raise Http404
        return row
    owner = row.target_type.model_class()
    rows = getattr(owner, "_default_manager", None)
    # A record without a scope of its own shows its files to nobody.
    if not hasattr(rows, "visible_to") or not rows.visible_to(user).filter(pk=row.target_id).exists():
        raise Http404
    return row


@login_required
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the file exactly as it was given to us, to keep as evidence."""
    row = visible(request.user, pk)
    return answer(row.file, row.content_type, row.original_name, as_attachment=True)


@login_required
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a photo upright and without what the camera hid in it."""
    row = visible(request.user, pk)
    return answer(row.shown, "image/jpeg", row.original_name, as_attachment=False)


@login_required
@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the small copy of a photo."""
    row = visible(request.user, pk)
    return answer(row.thumbnail, "image/jpeg", row.original_name, as_attachment=False)


def answer(file: FieldFile, content_type: str, name: str, *, as_attachment: bool) -> HttpResponseBase:
    """Send the file; the browser may not guess another type, nor share its cache."""
    if not file:
        raise Http404
    response = by_the_server_in_front(file) or streamed(file)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def by_the_server_in_front(file: FieldFile) -> HttpResponse | None:
    """Let nginx send the file from its own disk, where `ACCEL_REDIRECT` names its internal location."""
    location = getattr(settings, "ACCEL_REDIRECT", "")
    if not location:
        return None
    return HttpResponse(headers={"X-Accel-Redirect": f"{location.rstrip('/')}/{quote(file.name)}"})


def streamed(file: FieldFile) -> FileResponse:
    """Send the file piece by piece; content that is gone from the disk is a 404, not a crash."""
    try:
        return FileResponse(file.open("rb"))
    except FileNotFoundError as gone:
        raise Http404 from gone
