"""Search across the product, and the progress of long work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from accounts.models import User
from listings.discovery import declared, words_for
from listings.models import Job

FOUND_SHOWN = 10


@dataclass(frozen=True)
class Search:
    """One kind of record that the search box finds; `line(row)` is the grey line beside its name.

    The label is a word, or a function that gives each person theirs.
    """

    label: Any
    queryset: Callable[[User, str], QuerySet]
    line: Callable[[Any], str]
    list_url: Callable[[str], str]


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find records by a part of their name or number, kind by kind, within what the person sees."""
    words = request.GET.get("q", "").strip()[:60]
    groups = []
    for kind in declared("search", "SEARCHES") if words else ():
        rows = list(kind.queryset(request.user, words)[: FOUND_SHOWN + 1])
        if rows:
            groups.append(
                {
                    "label": words_for(kind.label, request.user),
                    "rows": [(row, kind.line(row)) for row in rows[:FOUND_SHOWN]],
                    "more_url": kind.list_url(words) if len(rows) > FOUND_SHOWN else "",
                }
            )
    return render(request, "listings/search.html", {"q": words, "groups": groups})


@login_required
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far one's own long work is; asked again every second until it is over."""
    row = get_object_or_404(Job, pk=pk, user=request.user)
    template = "listings/_job.html" if request.htmx else "listings/job.html"
    return render(request, template, {"job": row})


@login_required
@require_GET
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file of one's own finished work, until it expires."""
    row = get_object_or_404(Job, pk=pk, user=request.user)
    if not row.file or row.expires_at < timezone.now():
        raise Http404
    response = FileResponse(row.file.open("rb"))
    name = f"{row.title}.{row.file.name.rpartition('.')[2]}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
