"""The record as a whole, for the auditor and nobody else (handbook §2.4)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.services import may
from audit.exporting import rows_as_csv
from audit.forms import EntryForm
from audit.selectors import entries_found
from audit.services import record

ROWS = 50


@require_safe
@login_required
def entry_list(request: HttpRequest) -> HttpResponse:
    """List what was done, newest first; older entries follow by id, so that page 400 costs what page 1 does."""
    form = _asked(request)
    found = entries_found(request.user, **form.cleaned_data) if form.is_valid() else []
    before = request.GET.get("before", "")
    if form.is_valid() and before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: ROWS + 1])
    context = {
        "form": form,
        "rows": rows[:ROWS],
        "query": _query(request),
        "older": rows[ROWS - 1].pk if len(rows) > ROWS else None,
        "before": before,
    }
    return render(request, "audit/list.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Give what the filter finds as a file, and put that on record."""
    form = _asked(request)
    if not form.is_valid():
        raise Http404
    record(request.user, "audit.export", None, at=timezone.now(), data={"filter": _query(request)})
    found = entries_found(request.user, **form.cleaned_data)
    name = f"audit-{timezone.localdate():%Y%m%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(rows_as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


def _asked(request: HttpRequest) -> EntryForm:
    if not may(request.user, "audit.view_entry"):
        raise Http404
    return EntryForm(request.GET, today=timezone.localdate())


def _query(request: HttpRequest) -> str:
    """Return the filter as it stands in the address, without the page."""
    asked: dict[str, Any] = {name: request.GET[name] for name in EntryForm.base_fields if name in request.GET}
    return urlencode(asked)
