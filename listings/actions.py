"""What a person does on a list page: keep a filter, choose columns, export, take a verb on many rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import may
from audit.services import record
from lifecycle.services import bulk
from listings import exporting
from listings.models import ColumnChoice, Job, JobKind, SavedFilter
from listings.words import sentence

if TYPE_CHECKING:
    from listings.pages import BulkVerb, ListPage

# More rows than this go to the worker.
AT_ONCE = 200
EXPORT_AT_ONCE = 2000
SKIPPED_SHOWN = 20
KEPT_FOR = timedelta(days=3)
NAME_LENGTH = 30


@dataclass
class Preview:
    """What a bulk verb would do: how many rows it can take, and why the others are skipped."""

    able: list[Any] = field(default_factory=list)
    skipped: list[tuple[Any, str]] = field(default_factory=list)
    unchecked: int = 0


def allowed(page: ListPage) -> list[BulkVerb]:
    """Return the bulk verbs that the person may use at all."""
    return [verb for verb in page.bulk_verbs if may(page.user, verb.permission)]


def take(page: ListPage) -> HttpResponse:
    """Do what the pressed button says."""
    known: dict[str, Callable[[ListPage], HttpResponse]] = {
        "save": save_filter,
        "forget": forget_filter,
        "columns": choose_columns,
        "preview": preview,
        "run": run,
    }
    return known.get(page.request.POST.get("do", ""), back)(page)


def back(page: ListPage) -> HttpResponse:
    """Return to the list as it was."""
    return HttpResponseRedirect(page.address())


def save_filter(page: ListPage) -> HttpResponse:
    """Keep the conditions of the address under a name; the same name again replaces it."""
    name = page.request.POST.get("name", "").strip()[:NAME_LENGTH]
    query = page.request.GET.copy()
    for parameter in ("page", "part", "count"):
        query.pop(parameter, None)
    if name:
        SavedFilter.objects.update_or_create(
            user=page.user, page=page.key, name=name, defaults={"query": query.urlencode()[:2000]}
        )
    else:
        messages.error(page.request, _("Give the filter a name."))
    return back(page)


def forget_filter(page: ListPage) -> HttpResponse:
    """Remove one of the person's own filters."""
    SavedFilter.objects.filter(user=page.user, page=page.key, name=page.request.POST.get("name", "")).delete()
    return HttpResponseRedirect(page.request.path)


def choose_columns(page: ListPage) -> HttpResponse:
    """Keep the ticked columns; a pressed arrow moves its column by one place."""
    post = page.request.POST
    known = {column.name for column in page.columns}
    names = [name for name in post.getlist("col") if name in known]
    for button, step in (("up", -1), ("down", 1)):
        if post.get(button) in names:
            move(names, post[button], step)
    if "reset" in post or not names:
        ColumnChoice.objects.filter(user=page.user, page=page.key).delete()
    else:
        ColumnChoice.objects.update_or_create(user=page.user, page=page.key, defaults={"names": names})
    return back(page)


def move(names: list[str], name: str, step: int) -> None:
    """Move a name by one place, if there is a place."""
    here = names.index(name)
    there = min(max(here + step, 0), len(names) - 1)
    names[here], names[there] = names[there], names[here]


# ── many rows ─────────────────────────────────────────────────────────────────


def selected(page: ListPage) -> Any:
    """Return the rows that are meant: those ticked, or all that match; always only what the person sees."""
    if page.request.POST.get("all") == "1":
        return page.filtered
    ids = [int(pk) for pk in page.request.POST.getlist("id") if pk.isdecimal() and len(pk) < 19]
    return page.visible().filter(pk__in=ids)


def verb_of(page: ListPage) -> BulkVerb:
    """Return the verb that was pressed; raises PermissionDenied for one the person may not use."""
    name = page.request.POST.get("verb", "")
    verb = next((verb for verb in allowed(page) if verb.name == name), None)
    if verb is None:
        raise PermissionDenied
    return verb


def preview(page: ListPage) -> HttpResponse:
    """Show what the verb would do to the rows, before it does anything."""
    verb, rows = verb_of(page), selected(page)
    total = rows.count()
    found = look(page, verb, rows[:AT_ONCE], total)
    context = {
        "page": page,
        "verb": verb,
        "total": total,
        "preview": found,
        "skipped": found.skipped[:SKIPPED_SHOWN],
        "ids": [] if page.request.POST.get("all") == "1" else [row.pk for row in found.able],
        "all": page.request.POST.get("all") == "1",
        "back_url": page.address(),
    }
    return render(page.request, "listings/bulk.html", context)


def look(page: ListPage, verb: BulkVerb, rows: Any, total: int) -> Preview:
    """Ask the verb's own rule about each of the first rows."""
    now, found = timezone.now(), Preview()
    looked = list(page.with_relations(rows))
    for row in looked:
        if why := verb.refusal(row, page.user, now):
            found.skipped.append((row, why))
        else:
            found.able.append(row)
    found.unchecked = total - len(looked)
    return found


def run(page: ListPage) -> HttpResponse:
    """Take the verb on the rows: a few at once, many in the worker."""
    verb, rows = verb_of(page), selected(page)
    if rows.count() > AT_ONCE:
        keys = list(rows.values_list("pk", flat=True))
        return redirect(start_job(page, JobKind.BULK, str(verb.label), {"verb": verb.name, "ids": keys}))
    result = bulk(verb.service, list(rows), by=page.user, at=timezone.now())
    context = {"page": page, "verb": verb, "result": result, "back_url": page.address()}
    return render(page.request, "listings/bulk_done.html", context)


# ── export ────────────────────────────────────────────────────────────────────


def export(page: ListPage) -> HttpResponse:
    """Write what is shown to a file: at once when it is little, else in the worker."""
    kind = page.request.GET["format"]
    record(
        page.user,
        "listings.export",
        None,
        at=timezone.now(),
        data={"page": page.key, "filter": sentence(page.chips()), "rows": page.total},
    )
    if page.total > EXPORT_AT_ONCE:
        return redirect(start_job(page, JobKind.EXPORT, str(page.title), {"format": kind}))
    return exporting.answer(page, kind)


@transaction.atomic
def start_job(page: ListPage, kind: str, title: str, params: dict[str, Any]) -> str:
    """Begin long work and return the address of its progress."""
    from listings.tasks import run_job  # noqa: PLC0415 - the task builds pages, and pages start the task

    now = timezone.now()
    job = Job.objects.create(
        kind=kind,
        user=page.user,
        page=page.key,
        title=title,
        params={**params, "query": page.request.GET.urlencode()},
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return job_url(job)


def job_url(job: Job) -> str:
    """Return the page that shows how far the work is."""
    return reverse("listings:job", args=[job.pk])
