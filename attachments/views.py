"""Opening a file: only for who may see the record it belongs to. Sending one ahead of the form it goes with."""

from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from attachments import drafts
from attachments.fields import PhotosField
from attachments.models import Attachment, ScanState
from attachments.moments import DeviceTimeField
from attachments.services import digest, receive

# Files of one person that wait for a record; more are no forgotten form any more.
WAITING_LIMIT = 60


class AheadForm(forms.Form):
    """One file, sent while its form is still being filled in; the device says when it was chosen."""

    file = PhotosField()
    purpose = forms.SlugField(max_length=20)
    device_time = DeviceTimeField()


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


@login_required
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Tell the person's files that wait for a record; POST sends one more, and answers 422 with what is wrong."""
    if request.method == "GET":
        return JsonResponse({"files": [told(row) for row in drafts.waiting(request.user)[:WAITING_LIMIT]]})
    form = AheadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return JsonResponse({"files": [told(row) for row in ahead(form, request.user)]}, status=201)
        except ValidationError as error:
            form.add_error("file", error)
    return JsonResponse({"errors": [text for errors in form.errors.values() for text in errors]}, status=422)


@transaction.atomic
def ahead(form: AheadForm, by: User) -> list[Attachment]:
    """Keep the file until its form comes, once if it is sent again; raises ValidationError when too many wait."""
    # One of a person's at a time: the second may come while the first is still being read.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    hashes = [digest(one) for one in form.cleaned_data["file"]]
    same = drafts.waiting(by).filter(sha256__in=hashes, purpose=form.cleaned_data["purpose"])
    # On a bad line the answer gets lost and the device sends the file a second time.
    if hashes and len(found := list(same)) == len(hashes):
        return found
    if drafts.waiting(by).count() >= WAITING_LIMIT:
        raise ValidationError(_("Too many files are waiting for their forms. Send a form first."))
    about = {name: form.cleaned_data[name] for name in ("purpose", "device_time")}
    return [receive(one, by=by, at=timezone.now(), **about) for one in form.cleaned_data["file"]]


def told(row: Attachment) -> dict[str, object]:
    """Return what a page needs to show a file that waits."""
    small = reverse("attachments:thumbnail", args=[row.pk]) if row.is_image else ""
    return {"id": row.pk, "name": row.original_name, "purpose": row.purpose, "thumbnail": small}


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
