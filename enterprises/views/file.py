"""The whole file on paper, and where the addresses of a file lead that was merged into another."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enterprises.life.merging import survivor_of
from enterprises.models import Enterprise
from enterprises.onefile import making

View = Callable[..., HttpResponse]


def follows_merges(view: View) -> View:
    """Lead on to the same page of the file that was kept, where the one asked for was merged into it and is gone.

    Only for who sees the kept file; for others neither exists.
    """

    @wraps(view)
    def leading(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        try:
            return view(request, pk=pk, **more)
        except Http404:
            kept = survivor_of(pk, request.user) if request.user.is_authenticated else None
            if kept is None or request.method not in {"GET", "HEAD"}:
                raise
            address = reverse(request.resolver_match.view_name, kwargs={"pk": kept.pk, **more})
            return redirect(f"{address}?{request.GET.urlencode()}".rstrip("?"))

    return leading


@login_required
@require_POST
def print_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the whole file put on paper, and show how far that is."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    # Without its system libraries a server makes no PDF; a Word document it can always make.
    kind = "pdf" if request.POST.get("format") == "pdf" and settings.PDF_ENABLED else "docx"
    job = making.print_file(enterprise, kind=kind, by=request.user, at=timezone.now())
    return redirect("listings:job", job.pk)
