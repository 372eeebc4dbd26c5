"""What is done in a draft: a new checklist, the next edition, its items; and references read again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.services import may
from deadlines.selectors import next_due
from inspections.library import selectors, services
from inspections.library.forms import ChecklistForm, ItemForm, ReviewForm
from inspections.library.importing import LIBRARY
from inspections.library.views.pages import edition_of
from inspections.models import CheckItem, Checklist, Edition, ReferenceReview
from lifecycle.views import add_errors, shown_refusal
from listings.searching import first_of
from listings.views_import import ImportPage
from rulebook.models import Law

INVALID = 422
OFFERED = 50
LONGEST = 60


class LibraryImport(ImportPage):
    """Sends in a workbook of check items."""

    spec = LIBRARY


def refuse_reader(request: HttpRequest) -> None:
    """Whoever only reads the library does not write in it."""
    if not may(request.user, "inspections.edit_library"):
        raise PermissionDenied


def draft_of(request: HttpRequest, pk: int) -> Edition:
    """Return the edition to be edited."""
    found = edition_of(request, pk)
    refuse_reader(request)
    return found


def item_in(edition: Edition, item: int) -> CheckItem:
    """Return an item that stands in the edition."""
    return get_object_or_404(CheckItem.objects.filter(lines__edition=edition), pk=item)


def shown_form(request: HttpRequest, form: Any, title: str, back: str, status: int = 200) -> HttpResponse:
    """Show a form of the library on a page of its own."""
    context = {"form": form, "title": title, "back_url": back}
    return render(request, "inspections/library/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_checklist(request: HttpRequest) -> HttpResponse:
    """Open a new checklist with its first draft."""
    refuse_reader(request)
    title, back = _("New checklist"), reverse("inspections:checklists")
    form = ChecklistForm(request.POST or None)
    if request.method != "POST":
        return shown_form(request, form, title, back)
    if form.is_valid():
        edition = services.draft_checklist(facts=form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(edition)
    return shown_form(request, form, title, back, INVALID)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a checklist is called and to whom it is proposed."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), pk=pk)
    refuse_reader(request)
    form = ChecklistForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.change_checklist(found, facts=form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(found)
    status = INVALID if request.method == "POST" else 200
    return shown_form(request, form, _("Correct the checklist"), found.get_absolute_url(), status)


@login_required
@require_POST
def draft_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition of a checklist."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), pk=pk)
    with shown_refusal(request):
        return redirect(services.draft_edition(found, by=request.user, at=timezone.now()))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new item into a draft."""
    edition = draft_of(request, pk)
    form = ItemForm(request.POST or None, initial={"section": request.GET.get("section", "")[:80]})

    def save() -> None:
        services.add_item(edition, **form.service_data(), by=request.user, at=timezone.now())

    return saved_item(request, form, save, _("New item"), edition)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Reword an item in a draft."""
    edition = draft_of(request, pk)
    found = item_in(edition, item)
    form = ItemForm(request.POST or None, instance=found)

    def save() -> None:
        services.change_item(edition, found, **form.service_data(), by=request.user, at=timezone.now())

    return saved_item(request, form, save, _("Reword the item"), edition)


def saved_item(request: HttpRequest, form: ItemForm, save: Any, title: str, edition: Edition) -> HttpResponse:
    """Show the form of an item, or save it and lead back to the draft."""
    back = edition.get_absolute_url()
    if request.method != "POST":
        return shown_form(request, form, title, back)
    if form.is_valid():
        try:
            save()
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(back)
    return shown_form(request, form, title, back, INVALID)


@login_required
@require_POST
def remove_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an item out of a draft."""
    edition = draft_of(request, pk)
    with shown_refusal(request):
        services.remove_item(edition, item_in(edition, item), by=request.user, at=timezone.now())
    return redirect(edition)


@login_required
@require_POST
def move_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Move an item one place up, or down."""
    edition = draft_of(request, pk)
    found, steps = item_in(edition, item), 1 if request.POST.get("down") else -1
    with shown_refusal(request):
        services.move_item(edition, found, steps=steps, by=request.user, at=timezone.now())
    return redirect(f"{edition.get_absolute_url()}#item-{found.pk}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for items of the library and put the ticked ones into a draft."""
    edition = draft_of(request, pk)
    library = CheckItem.objects.readable_in_library(request.user)
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("item") if key.isdecimal() and len(key) < 12]
        with shown_refusal(request):
            chosen = list(library.filter(pk__in=keys[:OFFERED]))
            services.take_items(edition, items=chosen, by=request.user, at=timezone.now())
            return redirect(edition)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    rows = library.exclude(lines__edition=edition).order_by("code", "pk")
    found = first_of(rows, "search_text", words, request.user).rows[:OFFERED] if words else []
    context = {"edition": edition, "words": words, "found": found, "limit": OFFERED}
    return render(request, "inspections/library/take_items.html", context)


@login_required
@require_GET
def reference_reviews(request: HttpRequest) -> HttpResponse:
    """List the items whose articles got a new text, article by article, and those that are to be reworded since."""
    refuse_reader(request)
    waiting, reworded = selectors.reviews_waiting(), selectors.to_be_reworded()
    law = Law.objects.filter(short_id=request.GET.get("law", "").replace("\0", "")).first()
    if law is not None:
        waiting, reworded = waiting.filter(article__law=law), reworded.filter(article__law=law)
    context = {
        "law": law,
        "deadline": next_due(law) if law else None,
        "reviews": waiting[: OFFERED * 4],
        "total": waiting.count(),
        "reworded": reworded[: OFFERED * 4],
    }
    return render(request, "inspections/library/reviews.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_reference(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the new text beside the item, and say whether the item still holds."""
    refuse_reader(request)
    rows = ReferenceReview.objects.select_related("article__law", "reference__law", "reference__item")
    review = get_object_or_404(rows, pk=pk)
    form = ReviewForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        with shown_refusal(request):
            services.review_reference(review, **form.service_data(), by=request.user, at=timezone.now())
            messages.success(request, _("Put on record."))
        return redirect("inspections:reference_reviews")
    context = {"review": review, "form": form, "before": selectors.text_before(review)}
    status = INVALID if request.method == "POST" else 200
    return render(request, "inspections/library/review.html", context, status=status)
