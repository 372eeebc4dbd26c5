"""The pages for the hand: the sheet, one item, a hazard, the facts, the signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from attachments import drafts
from attachments.services import of
from inspections.choices import Result, Side
from inspections.kinds import VisitKind
from inspections.models import CheckItem, Visit
from inspections.visits import services
from inspections.visits.forms.onsite import AnswerForm, FactsForm, HazardForm, RefusalForm, SignForm
from inspections.visits.rules import entitled_posts, missing_sides
from inspections.visits.selectors import items_of, with_me
from inspections.visits.services.facts import asks_for_facts
from inspections.visits.services.findings import facts_of
from inspections.visits.sheet import Row, sheet_of
from lifecycle.refusals import NotPermitted, VerbRefused
from lifecycle.views import add_errors

INVALID, CONFLICT = 422, 409


def visit_at_hand(request: HttpRequest, pk: int) -> Visit:
    """Return a visit that the person carries out; 404 out of scope, 403 for who only looks on."""
    rows = with_me(Visit.objects.visible_to(request.user), request.user)
    visit = get_object_or_404(rows.select_related("enterprise", "body", "organisation"), pk=pk)
    if not entitled_posts(visit, request.user, "inspections.answer"):
        raise PermissionDenied
    return visit


def on_site(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a visit under way; one that is finished, or not begun, is shown instead, with a sentence."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        visit = visit_at_hand(request, pk)
        if visit.state != "under_way":
            if request.method == "POST":
                words = _("This %(act)s is not under way; nothing was changed.")
                messages.error(request, words % {"act": visit.act.noun})
            return redirect(visit)
        return view(request, visit, **named)

    page.__name__ = view.__name__
    return page


@on_site
def check(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the sheet: every item with its answer, by sections; a button of it answers one item."""
    if request.method == "POST":
        return answer_from_sheet(request, visit)
    sheet = sheet_of(visit)
    context = {
        "visit": visit,
        "sheet": sheet,
        "problems": visit.government_findings.order_by("pk") if visit.body_id else [],
        "asks_facts": asks_for_facts(visit),
        "missing": missing_sides(visit) if visit.kind_of.signed else [],
        "at_once": visit.kind == VisitKind.SELF_CHECK,
        "for_enterprise": visit.enterprise is not None,
    }
    return render(request, "inspections/check.html", context)


def answer_from_sheet(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep what a button of the sheet says (item and result), and show the item anew.

    A note, a reason and photos already there stay.
    """
    item, _sign, result = request.POST.get("answer", "").partition(":")
    form = AnswerForm({"result": result, "device_time": request.POST.get("device_time", "")})
    if not (item.isascii() and item.isdigit() and len(item) < 19) or not form.is_valid():
        return HttpResponse(status=INVALID)
    before = visit.answers.filter(item=int(item)).first()
    said = {"note": before.note, "reason": before.reason} if before else {}
    if result != Result.FAIL:
        said.pop("reason", None)
    try:
        services.answer(
            visit,
            int(item),
            result=result,
            device_time=form.cleaned_data.get("device_time"),
            by=request.user,
            at=timezone.now(),
            **said,
        )
    except (ValidationError, VerbRefused) as refused:
        return said_instead(request, visit, int(item), refused)
    return shown_again(request, visit, int(item))


def shown_again(request: HttpRequest, visit: Visit, item: int, problem: str = "") -> HttpResponse:
    """Answer a tap: the item alone where the page swaps it in, else the sheet at that item."""
    if not request.htmx:
        return redirect(f"{reverse('inspections:check', args=[visit.pk])}#item-{item}")
    row = row_of(visit, item)
    answer = render(request, "inspections/_check_item.html", {"visit": visit, "row": row, "problem": problem})
    return reswap(retarget(answer, f"#item-{item}"), "outerHTML")


def said_instead(request: HttpRequest, visit: Visit, item: int, refused: Exception) -> HttpResponse:
    """Say why an answer was not taken, beside the item."""
    words = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
    if not items_of(visit).filter(pk=item).exists():
        raise Http404
    if not request.htmx:
        messages.error(request, words)
    return shown_again(request, visit, item, words)


def row_of(visit: Visit, item: int) -> Row:
    """Read one row of the sheet."""
    asked = get_object_or_404(items_of(visit), pk=item)
    found = visit.findings.filter(item=item).select_related("hazard")
    given = visit.answers.filter(item=item).first()
    problem = visit.government_findings.filter(item=item).first() if visit.body_id else None
    return Row(asked, "", given, [one.hazard for one in found], problem)


@on_site
def answer(request: HttpRequest, visit: Visit, item: int) -> HttpResponse:
    """Answer one item on a page of its own, with note, reason and photos."""
    row = row_of(visit, item)
    held = row.answer
    first = {"result": held.result, "note": held.note, "reason": held.reason} if held else {}
    form = AnswerForm(request.POST or None, request.FILES or None, initial=first)
    drafts.entrust(form, request.user)
    if request.method == "POST" and kept(
        request, visit, form, lambda said: services.answer(visit, item, **said)
    ):
        return redirect(f"{reverse('inspections:check', args=[visit.pk])}#item-{item}")
    context = {
        "visit": visit,
        "row": row,
        "form": form,
        "photos": of(held, "check") if held else [],
        "references": row.item.references.select_related("law"),
    }
    return render(request, "inspections/answer.html", context, status=INVALID if form.errors else 200)


def kept(request: HttpRequest, visit: Visit, form: Any, write: Callable[[dict[str, Any]], Any]) -> bool:
    """Take a form with photos: the sound ones wait with a form that is refused; say whether it was taken."""
    now = timezone.now()
    valid = form.is_valid()
    drafts.keep(form, by=request.user, at=now)
    if not valid:
        return False
    try:
        write({**form.said(), "by": request.user, "at": now})
    except NotPermitted:
        raise
    except VerbRefused as refused:
        form.add_error(None, str(refused))
        return False
    except ValidationError as error:
        add_errors(form, error)
        return False
    # The same form sent twice brought its photos twice.
    drafts.discard(form)
    return True


@login_required
@require_POST
def answer_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of everything still open that it complies: one tap, marked as such."""
    visit = visit_at_hand(request, pk)
    try:
        services.answer_rest(visit, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except VerbRefused as refused:
        messages.error(request, str(refused))
        return redirect(visit)
    return redirect("inspections:check", pk=visit.pk)


@on_site
def find_hazard(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Record a hazard, from an item that is not met or freely."""
    if visit.enterprise is None:
        raise Http404
    item = item_named(request, visit)
    first = {name: value for name, value in (facts_of(item) if item else {}).items() if name != "criterion"}
    form = HazardForm(
        request.POST or None,
        request.FILES or None,
        visit=visit,
        user=request.user,
        at=timezone.now(),
        item=item,
        initial={"category": "other", "grade": "general", **first},
    )
    drafts.entrust(form, request.user)
    if request.method == "POST" and kept(
        request, visit, form, lambda said: services.find_hazard(visit, item=item, **said)
    ):
        where = f"#item-{item.pk}" if item else "#free"
        return redirect(reverse("inspections:check", args=[visit.pk]) + where)
    context = {"visit": visit, "item": item, "form": form}
    return render(request, "inspections/find_hazard.html", context, status=INVALID if form.errors else 200)


def item_named(request: HttpRequest, visit: Visit) -> CheckItem | None:
    """Return the item named in the address; 404 for one that the visit does not ask."""
    key = request.GET.get("item", "")
    if not key:
        return None
    known = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    return get_object_or_404(items_of(visit), pk=known)


@on_site
def confirm_visit_facts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go through the facts of the enterprise on one screen."""
    if not asks_for_facts(visit):
        raise Http404
    form = FactsForm(request.POST or None, visit=visit, user=request.user, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_visit_facts(
                visit,
                confirmed=form.confirmed,
                corrections=form.corrections,
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("inspections:check", pk=visit.pk)
    context = {"visit": visit, "form": form}
    return render(request, "inspections/facts.html", context, status=INVALID if form.errors else 200)


@on_site
def sign(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Have the visit signed, side by side."""
    now = timezone.now()
    form = SignForm(request.POST or None, visit=visit, user=request.user, at=now)
    if request.method == "POST" and taken(
        form, lambda: services.sign(visit, **form.said(), by=request.user, at=now)
    ):
        return redirect("inspections:sign", pk=visit.pk)
    there = {(row.side, row.name): row for row in visit.signatures.all()}
    people = visit.participants.select_related("user")
    context = {
        "visit": visit,
        "form": form if form.is_bound else None,
        "officers": [(one, there.get((Side.OFFICER.value, one.user.name))) for one in people],
        "party": [row for row in there.values() if row.side == Side.PARTY],
        "missing": missing_sides(visit),
        "lead": visit.enterprise.contact_name if visit.enterprise else "",
    }
    return render(request, "inspections/sign.html", context, status=INVALID if form.errors else 200)


@on_site
def refuse_signature(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put the refusal of the inspected side on record, with a witness."""
    now = timezone.now()
    form = RefusalForm(request.POST or None, visit=visit, user=request.user, at=now)
    names = ("name", "reason", "witness")
    if request.method == "POST" and taken(
        form,
        lambda: services.refuse_signature(
            visit, **{name: form.cleaned_data[name] for name in names}, by=request.user, at=now
        ),
    ):
        return redirect("inspections:sign", pk=visit.pk)
    context = {"visit": visit, "form": form}
    return render(
        request, "inspections/refuse_signature.html", context, status=INVALID if form.errors else 200
    )


def taken(form: Any, write: Callable[[], Any]) -> bool:
    """Say whether a form without files was taken; otherwise it says why not."""
    if not form.is_valid():
        return False
    try:
        write()
    except NotPermitted:
        raise
    except VerbRefused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors
