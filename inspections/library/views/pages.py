"""One checklist, one edition, one item, and how two editions differ."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from accounts.services import may
from deadlines.selectors import next_due
from inspections.library import discretion, selectors
from inspections.library.columns import EDITION_COLUMNS
from inspections.library.editions import IN_WORK
from inspections.library.importing import sheet_of
from inspections.models import CheckItem, Checklist, Edition, Visit
from listings.spreadsheets import TYPES
from rulebook.models import Article


def edition_of(request: HttpRequest, pk: int) -> Edition:
    """Return the edition, if the person may read it."""
    rows = Edition.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("checklist", "drafted_by", "reviewed_by"), pk=pk)


@login_required
@require_GET
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a checklist: what it is for, and all its editions."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), pk=pk)
    editions = list(
        Edition.objects.visible_to(request.user)
        .filter(checklist=found)
        .select_related("drafted_by", "reviewed_by")
    )
    for edition in editions:
        edition.checklist = found
    can_edit = may(request.user, "inspections.edit_library")
    context = {
        "checklist": found,
        "editions": editions,
        "can_edit": can_edit,
        "can_draft": can_edit and not any(each.state in IN_WORK for each in editions),
    }
    return render(request, "inspections/library/checklist.html", context)


@login_required
@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition: its items by section, and what can be done with it."""
    found = edition_of(request, pk)
    lines = list(selectors.lines_of(found))
    painters = [(column.opening(), column.painter()) for column in EDITION_COLUMNS]
    for number, line in enumerate(lines, 1):
        line.item.number = number
        cells = [f"{opening}{cell(line.item)}</td>" for opening, cell in painters]
        line.cells = mark_safe("".join(cells))  # noqa: S308 - columns escape what they draw
    context = {
        "edition": found,
        "checklist": found.checklist,
        "heads": EDITION_COLUMNS,
        "sections": selectors.sections_of(lines),
        "overtaken": sum(1 for line in lines if line.item.retired_at and found.state == "published"),
        "deadline": next_due(found),
        "earlier": earlier(request, found),
        "can_edit": found.state == "draft" and may(request.user, "inspections.edit_library", found),
        "visits": Visit.objects.visible_to(request.user).filter(editions=found).count(),
    }
    return render(request, "inspections/library/edition.html", context)


def earlier(request: HttpRequest, found: Edition) -> Edition | None:
    """Return the edition before this one, if the person may read it."""
    rows = Edition.objects.visible_to(request.user)
    return rows.filter(checklist=found.checklist_id, number__lt=found.number).order_by("-number").first()


@login_required
@require_GET
def edition_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the edition as the workbook that the import takes: to be changed at the desk and sent in again."""
    found = edition_of(request, pk)
    response = HttpResponse(sheet_of(found), content_type=TYPES["xlsx"])
    name = f"{found.checklist.title}-{found.number}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@login_required
@require_GET
def edition_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an edition added, took out and reworded, beside the one before or the one asked for."""
    found = edition_of(request, pk)
    asked = request.GET.get("with", "")
    rows = Edition.objects.visible_to(request.user).filter(checklist=found.checklist_id).exclude(pk=pk)
    other = (
        get_object_or_404(rows, pk=int(asked))
        if asked.isdecimal() and len(asked) < 10
        else earlier(request, found)
    )
    context: dict[str, Any] = {"edition": found, "checklist": found.checklist, "other": other, "others": rows}
    if other is not None:
        old, new = sorted((found, other), key=lambda each: each.number)
        context |= {"old": old, "new": new, "difference": selectors.compare(old, new)}
    return render(request, "inspections/library/difference.html", context)


@login_required
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item: what it asks, by which law, where it stands, what was found by it, how it was worded before."""
    rows = CheckItem.objects.visible_to(request.user).select_related("criterion", "owner", "replaces")
    found = get_object_or_404(rows, pk=pk)
    keeps = may(request.user, "inspections.review_reference")
    references = list(
        found.references.select_related("law")
        .annotate(has_text=Exists(Article.objects.filter(law=OuterRef("law"))))
        .order_by("role", "pk")
    )
    context = {
        "item": found,
        "today": timezone.localdate(),
        "references": references,
        "entries": discretion.entries_of(found),
        "why_no_entry": discretion.why_none(found, references),
        "editions": Edition.objects.visible_to(request.user)
        .filter(lines__item=found)
        .select_related("checklist"),
        "earlier": selectors.wordings_of(found),
        "later": found.replacements.filter(published_at__isnull=False).first(),
        "found": selectors.findings_of(found, request.user),
        "reviews": selectors.reviews_waiting().filter(reference__item=found) if keeps else [],
    }
    return render(request, "inspections/library/item.html", context)
