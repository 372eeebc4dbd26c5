"""What a person does on a list page: keep a filter, choose columns, export, take a verb on many rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from listings import bulk, exporting, jobs
from listings.models import ColumnChoice, JobKind, SavedFilter
from listings.tabs import PRESENTATION

if TYPE_CHECKING:
    from listings.pages import ListPage

EXPORT_AT_ONCE = 2000
NAME_LENGTH = 30
QUERY_LENGTH = 2000
FILTERS_KEPT = 20
start_job = jobs.start


def take(page: ListPage) -> HttpResponse:
    """Do what the pressed button says."""
    known: dict[str, Callable[[ListPage], HttpResponse]] = {
        "save": save_filter,
        "forget": forget_filter,
        "columns": choose_columns,
        "tally": bulk.tally,
        "preview": bulk.preview,
        "run": bulk.run,
    }
    return known.get(page.request.POST.get("do", ""), back)(page)


def back(page: ListPage) -> HttpResponse:
    """Return to the list as it was."""
    return HttpResponseRedirect(page.address())


def save_filter(page: ListPage) -> HttpResponse:
    """Keep the conditions of the address, and their order, under a name; the same name again replaces it."""
    name = " ".join(page.request.POST.get("name", "").split())[:NAME_LENGTH]
    query = page.request.GET.copy()
    for parameter in PRESENTATION - {"sort"}:
        query.pop(parameter, None)
    text = query.urlencode()
    own = SavedFilter.objects.filter(user=page.user, page=page.key)
    if not name:
        messages.error(page.request, _("Give the filter a name."))
    elif len(text) > QUERY_LENGTH:
        messages.error(page.request, _("These are too many conditions to keep."))
    elif own.exclude(name=name).count() >= FILTERS_KEPT:
        messages.error(page.request, _("You keep 20 filters here already; remove one first."))
    else:
        SavedFilter.objects.update_or_create(
            user=page.user, page=page.key, name=name, defaults={"query": text}
        )
    return back(page)


def forget_filter(page: ListPage) -> HttpResponse:
    """Remove one of the person's own filters."""
    SavedFilter.objects.filter(user=page.user, page=page.key, name=page.request.POST.get("name", "")).delete()
    return HttpResponseRedirect(page.request.path)


def choose_columns(page: ListPage) -> HttpResponse:
    """Keep the ticked columns; a pressed arrow moves its column by one place."""
    post = page.request.POST
    known = {column.name for column in page.columns}
    names = [name for name in dict.fromkeys(post.getlist("col")) if name in known]
    for button, step in (("up", -1), ("down", 1)):
        if post.get(button) in names:
            move(names, post[button], step)
    if "reset" in post or not names:
        ColumnChoice.objects.filter(user=page.user, page=page.key).delete()
    else:
        ColumnChoice.objects.update_or_create(user=page.user, page=page.key, defaults={"names": names})
    # What a shared address asked for would otherwise hide the choice just made.
    return HttpResponseRedirect(page.address(cols=None))


def move(names: list[str], name: str, step: int) -> None:
    """Move a name by one place, if there is a place."""
    here = names.index(name)
    there = min(max(here + step, 0), len(names) - 1)
    names[here], names[there] = names[there], names[here]


def export(page: ListPage) -> HttpResponse:
    """Write what is shown to a file: at once when it is little, else in the worker; on record either way."""
    kind = page.request.GET["format"]
    total = page.total if page.total <= page.limit else page.filtered.order_by().count()
    record(
        page.user,
        "listings.export",
        None,
        at=timezone.now(),
        data={
            "page": page.key,
            "filter": page.words,
            "columns": [str(column.label) for column in page.chosen],
            "rows": total,
            "format": kind,
        },
    )
    if total > EXPORT_AT_ONCE:
        return redirect(jobs.start(page, JobKind.EXPORT, str(page.title), {"format": kind}, total=total))
    return exporting.answer(page, kind)
