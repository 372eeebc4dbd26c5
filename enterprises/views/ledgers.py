"""The pages of the ledgers: one enterprise's table with its form, and the list of all enterprises."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.services import may
from attachments import drafts
from enterprises.ledgers import LEDGERS, Ledger, counts, find, of_group, services
from enterprises.ledgers.columns import columns_of, list_columns_of
from enterprises.ledgers.filters import filter_of
from enterprises.ledgers.forms import RemoveForm, RowForm, form_of
from enterprises.ledgers.history import lines_of
from enterprises.ledgers.importing import LEDGER_IMPORTS
from enterprises.ledgers.scans import scans_of
from enterprises.ledgers.soon import mark
from enterprises.models import Enterprise, LedgerRow
from enterprises.search import ByEnterprise
from enterprises.views.file import follows_merges
from lifecycle.views import add_errors
from listings.pages import Link, ListPage, Preset
from listings.views_import import ImportPage
from regions.selectors import names_of

PAGE_ROWS = 100
INVALID = 422


def known(code: str) -> Ledger:
    """Return the ledger of an address, or answer that there is none."""
    ledger = find(code)
    if ledger is None:
        raise Http404
    return ledger


def owner_of(request: HttpRequest, pk: int) -> Enterprise:
    """Return the enterprise, if the person sees it."""
    return get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)


def row_of(request: HttpRequest, pk: int, ledger: Ledger, row: int) -> LedgerRow:
    """Return a row of the enterprise's ledger, if the person sees it."""
    rows = ledger.model.objects.visible_to(request.user).select_related("enterprise")
    return get_object_or_404(rows, pk=row, enterprise_id=pk)


def sent(request: HttpRequest) -> Any:
    """Return what was sent, or nothing where a form is only to be shown."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def keeps(user: User, enterprise: Enterprise) -> bool:
    """Say whether the person may write in the ledgers."""
    return may(user, "enterprises.keep_ledgers", enterprise) and not enterprise.is_ended


@login_required
@follows_merges
@require_GET
def ledger(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show a ledger of one enterprise, with what happened in it."""
    shown, enterprise = known(code), owner_of(request, pk)
    rows = shown.model.objects.filter(enterprise=enterprise).order_by(*order_of(shown))
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    columns = [column for column in columns_of(shown) if column.default]
    found = list(page.object_list)
    for row in found:
        row.enterprise = enterprise
    if shown.expiry:
        mark(found, on=timezone.localdate())
    scans = scans_of(found) if shown.scanned else {}
    context = {
        "enterprise": enterprise,
        "ledger": shown,
        "tabs": tabs(shown, enterprise),
        "heads": columns,
        "rows": [(row, drawn(columns, row), scans.get(row.pk, [])) for row in found],
        "page": page,
        "lines": lines_of(shown, enterprise),
        "can_keep": keeps(request.user, enterprise),
        "can_import": may(request.user, "enterprises.import_ledgers"),
        # Who has a post for one enterprise alone sees no other.
        "sees_others": any(not post.enterprise_id for post in request.user.posts),
        "export_url": f"{reverse('enterprises:ledger_list', args=[code])}?enterprise={pk}&format=xlsx",
    }
    return render(request, "enterprises/ledger.html", context)


def order_of(shown: Ledger) -> tuple[str, ...]:
    """Return the order of the table: what ends first at the top, else the last entered."""
    return (f"{shown.expiry}", "-pk") if shown.expiry else ("-pk",)


def drawn(columns: list[Any], row: LedgerRow) -> str:
    """Return the cells of a row as the list pages draw them."""
    return mark_safe("".join(f"{column.opening()}{column.cell(row)}</td>" for column in columns))  # noqa: S308


def tabs(shown: Ledger, enterprise: Enterprise) -> list[Link]:
    """Return the ledgers of the same group, each with its number."""
    numbers = counts(enterprise)
    return [
        Link(
            each.title,
            reverse("enterprises:ledger", args=[enterprise.pk, each.code]),
            each is shown,
            numbers[each.code] or "",
        )
        for each in of_group(shown.group)
    ]


@login_required
@require_http_methods(["GET", "POST"])
def ledger_add(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Enter a row."""
    shown, enterprise = known(code), owner_of(request, pk)
    if not keeps(request.user, enterprise):
        raise PermissionDenied
    now = timezone.now()
    form = form_of(shown)(*sent(request), instance=shown.model(enterprise=enterprise))

    def enter(**given: Any) -> LedgerRow:
        return services.add_row(enterprise, shown, **given, by=request.user, at=now)

    return answered(request, form, enter, {"enterprise": enterprise, "ledger": shown, "at": now})


@login_required
@require_http_methods(["GET", "POST"])
def ledger_edit(request: HttpRequest, pk: int, code: str, row: int) -> HttpResponse:
    """Correct a row; who may not sees what it says and how it came to say so."""
    shown = known(code)
    held = row_of(request, pk, shown, row)
    may_keep = keeps(request.user, held.enterprise)
    if request.method == "POST" and not may_keep:
        raise PermissionDenied
    now = timezone.now()
    form = form_of(shown)(*sent(request), instance=held)

    def correct(**given: Any) -> LedgerRow:
        return services.change_row(held, **given, by=request.user, at=now)

    context = {"enterprise": held.enterprise, "ledger": shown, "row": held, "can_keep": may_keep, "at": now}
    if shown.scanned:
        context["files"] = scans_of([held]).get(held.pk, [])
    if not may_keep:
        if shown.expiry:
            mark([held], on=timezone.localdate(now))
        context["facts"] = [(column.label, column.cell(held)) for column in columns_of(shown)]
    return answered(request, form, correct, context)


def answered(
    request: HttpRequest, form: RowForm, write: Callable[..., Model], context: dict[str, Any]
) -> HttpResponse:
    """Write what was sent and lead back to the ledger, or show the form with its sentences.

    Sound scans of a form that is refused wait for its next sending.
    """
    drafts.entrust(form, request.user)
    valid = request.method == "POST" and form.is_valid()
    drafts.keep(form, by=request.user, at=context["at"])
    if valid:
        try:
            write(facts=form.facts(), scans=form.scans())
        except ValidationError as error:
            add_errors(form, error)
        else:
            # What the row has already was given twice.
            drafts.discard(form)
            messages.success(request, _("The ledger is written."))
            return redirect("enterprises:ledger", context["enterprise"].pk, context["ledger"].code)
    status = INVALID if form.errors else 200
    return render(request, "enterprises/ledger_row.html", {"form": form, **context}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def ledger_remove(request: HttpRequest, pk: int, code: str, row: int) -> HttpResponse:
    """Take a row out, with the reason."""
    shown = known(code)
    held = row_of(request, pk, shown, row)
    if not keeps(request.user, held.enterprise):
        raise PermissionDenied
    form = RemoveForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        services.remove_row(held, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("The row is taken out; what it said stays in the history."))
        return redirect("enterprises:ledger", pk, code)
    context = {"form": form, "enterprise": held.enterprise, "ledger": shown, "row": held}
    status = INVALID if form.errors else 200
    return render(request, "enterprises/ledger_remove.html", context, status=status)


# ── the ledgers of all enterprises ────────────────────────────────────────────


class LedgerList(ByEnterprise, ListPage):
    """Rows of one ledger, of all enterprises that the person sees."""

    ledger: Ledger
    search_label = gettext_lazy("Enterprise name or code")
    empty_text = gettext_lazy("No row here")
    template = "enterprises/ledger_list.html"

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the enterprises in the same query."""
        return rows.select_related("enterprise").defer(
            "enterprise__business_scope", "enterprise__process_description", "enterprise__search_text"
        )

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns of all rows at once."""
        names = names_of({row.enterprise.town_code for row in rows})
        for row in rows:
            row.town_name = names.get(row.enterprise.town_code, "")
        if self.ledger.expiry and rows:
            mark(rows, on=timezone.localdate())

    def extra_context(self) -> dict[str, Any]:
        """Lead to the other ledgers, and to the import for who may."""
        return {
            "ledger": self.ledger,
            "ledgers": LEDGERS,
            "can_import": may(self.user, "enterprises.import_ledgers"),
        }


def presets_of(shown: Ledger) -> tuple[Preset, ...]:
    """Return the tabs of a ledger's list: all, and what ends soon or has ended."""
    found = [Preset("all", gettext_lazy("All"), {})]
    if shown.flag:
        label = shown.model._meta.get_field(shown.flag).verbose_name
        found.append(Preset("flag", label, {shown.flag: "true"}))
    if shown.expiry:
        found.append(Preset("soon", gettext_lazy("Ends soon"), {"ends": "soon"}))
        found.append(Preset("ended", gettext_lazy("Has ended"), {"ends": "ended"}))
    return tuple(found)


def list_of(shown: Ledger) -> type[LedgerList]:
    """Return the list page of a ledger."""
    declared = {
        "__doc__": LedgerList.__doc__,
        "key": f"enterprises.ledgers.{shown.code}",
        "ledger": shown,
        "title": shown.title,
        "model": shown.model,
        "filter_class": filter_of(shown),
        "columns": list_columns_of(shown),
        "default_sort": "-id",
        "export_name": shown.code,
        "presets": presets_of(shown),
    }
    return type(f"{shown.model.__name__}List", (LedgerList,), declared)


LISTS = {each.code: list_of(each) for each in LEDGERS}


def ledger_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show the list of a ledger."""
    return _view(LISTS[known(code).code])(request)


def ledger_import(request: HttpRequest, code: str) -> HttpResponse:
    """Show the import of a ledger."""
    return ImportPage.as_view(spec=LEDGER_IMPORTS[known(code).code])(request)


@cache
def _view(page: type[LedgerList]) -> Callable[[HttpRequest], HttpResponse]:
    return page.as_view()
