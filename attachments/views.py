"""Opening a file: only for who may see the record it belongs to."""

from django.contrib.auth.decorators import login_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

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
    if not owner._default_manager.visible_to(user).filter(pk=row.target_id).exists():
        raise Http404
    return row


@login_required
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file as it was given to us, to keep."""
    row = visible(request.user, pk)
    return answer(row.file, row.content_type, row.original_name, attachment=True)


@login_required
@require_GET
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the small copy of a photo."""
    row = visible(request.user, pk)
    if not row.thumbnail:
        raise Http404
    return answer(row.thumbnail, "image/jpeg", row.original_name, attachment=False)


def answer(file: FieldFile, content_type: str, name: str, *, attachment: bool) -> FileResponse:
    """Stream the file; the browser may not guess another type, nor share its cache."""
    response = FileResponse(file.open("rb"), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(attachment, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
