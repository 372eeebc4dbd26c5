"""The plate at an enterprise's door: the sheet to print, and where its code leads."""

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from enterprises.life.merging import survivor_of
from enterprises.models import Enterprise
from enterprises.plates import address_of, key_of
from enterprises.views.file import follows_merges


@login_required
@follows_merges
@require_GET
def plate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet with the enterprise's name and its code, to be printed."""
    rows = Enterprise.objects.visible_to(request.user).select_related("region__parent")
    enterprise = get_object_or_404(rows, pk=pk)
    address = address_of(enterprise)
    # The picture comes from segno, made of our own address.
    code = mark_safe(
        segno.make(address, error="q").svg_inline(border=4, omitsize=True, svgclass="sw-plate-code")
    )  # noqa: S308
    context = {"enterprise": enterprise, "address": address, "code": code}
    return render(request, "enterprises/plate.html", context)


@login_required
@require_GET
def plate_page(request: HttpRequest, token: str) -> HttpResponse:
    """Lead from a scanned code to the enterprise's page, for who may see it; for others it does not exist.

    The plate of a file that was merged into another stays on its wall, and leads to the other.
    """
    pk = key_of(token)
    found = Enterprise.objects.visible_to(request.user).filter(pk=pk).first()
    found = found or (survivor_of(pk, request.user) if pk else None)
    if found is None:
        raise Http404
    return redirect(found)
