"""One verb on many rows: what it could do, what it did, and why each other row was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.services import may
from lifecycle import services as lifecycle
from listings import jobs
from listings.models import Job, JobKind

if TYPE_CHECKING:
    from listings.pages import BulkVerb, ListPage

# More rows than this go to the worker.
AT_ONCE = 200
# Nobody looks through more rows than this before pressing a button that acts on them.
AT_MOST = 10_000
SKIPPED_SHOWN = 20
SKIPPED_KEPT = 1000
CHUNK = 50


@dataclass
class Preview:
    """What a bulk verb would do: how many rows it can take, and why the others are skipped."""

    able: list[Any] = field(default_factory=list)
    skipped: list[tuple[Any, str]] = field(default_factory=list)
    unchecked: int = 0

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The reasons for skipping, the most frequent first."""
        return Counter(why for _row, why in self.skipped).most_common()


def allowed(page: ListPage) -> list[BulkVerb]:
    """Return the bulk verbs that the person may use at all."""
    return [verb for verb in page.bulk_verbs if may(page.user, verb.permission)]


def takes_all(page: ListPage) -> bool:
    """Say whether everything that matches is meant, not the ticked rows."""
    return page.request.POST.get("all") == "1"


def selected(page: ListPage) -> Any:
    """Return the rows that are meant: those ticked, or all that match; always only what the person sees."""
    if takes_all(page):
        return page.filtered.order_by("pk")
    ids = [int(pk) for pk in page.request.POST.getlist("id")[:AT_MOST] if pk.isdecimal() and len(pk) < 19]
    return page.visible().filter(pk__in=ids).order_by("pk")


def verb_of(page: ListPage, name: str) -> BulkVerb:
    """Return the verb that was pressed; raises PermissionDenied for one the person may not use."""
    verb = next((verb for verb in allowed(page) if verb.name == name), None)
    if verb is None:
        raise PermissionDenied
    return verb


def form_of(verb: BulkVerb, data: QueryDict | None = None) -> Form | None:
    """Return the form of what the verb needs to know, if anything."""
    return verb.form_class(data) if verb.form_class else None


def arguments(form: Form | None) -> dict[str, Any]:
    """Return what the form says, as the service takes it."""
    if form is None:
        return {}
    return form.verb_data() if hasattr(form, "verb_data") else form.cleaned_data


def look(page: ListPage, verb: BulkVerb, rows: list[Any], total: int) -> Preview:
    """Ask the verb's own rule about each of the rows at hand."""
    now, found = timezone.now(), Preview(unchecked=total - len(rows))
    for row in rows:
        if why := verb.refusal(row, page.user, now):
            found.skipped.append((row, str(why)))
        else:
            found.able.append(row)
    return found


def sample(page: ListPage) -> tuple[list[Any], int]:
    """Return the rows that can be looked at before the step, and how many are meant."""
    rows = selected(page)
    looked = list(page.with_relations(rows)[: AT_ONCE + 1])
    total = rows[: AT_MOST + 1].count() if len(looked) > AT_ONCE else len(looked)
    return looked[:AT_ONCE], total


def tally(page: ListPage) -> HttpResponse:
    """Return the bar: how many of the picked rows each verb can take, and why not the others."""
    rows, total = sample(page)
    offers = [(verb, look(page, verb, rows, total)) for verb in allowed(page)]
    context = {
        "offers": offers,
        "picked": total,
        "total": page.total_words,
        "all": takes_all(page),
        "too_many": total > AT_MOST,
    }
    return render(page.request, "listings/_bulk_bar.html", context)


def preview(page: ListPage, form: Form | None = None) -> HttpResponse:
    """Show what the verb would do to the rows, before it does anything."""
    verb = verb_of(page, page.request.POST.get("verb", ""))
    rows, total = sample(page)
    found = look(page, verb, rows, total)
    context = {
        "page": page,
        "verb": verb,
        "total": total,
        "too_many": total > AT_MOST,
        "limit": AT_MOST,
        "preview": found,
        "skipped": found.skipped[:SKIPPED_SHOWN],
        "ids": [] if takes_all(page) else page.request.POST.getlist("id"),
        "all": takes_all(page),
        "form": form or form_of(verb),
        "back_url": page.address(),
    }
    return render(page.request, "listings/bulk.html", context, status=422 if form else 200)


def run(page: ListPage) -> HttpResponse:
    """Take the verb on the rows: a few at once, many in the worker."""
    verb = verb_of(page, page.request.POST.get("verb", ""))
    form = form_of(verb, page.request.POST)
    keys = list(selected(page).values_list("pk", flat=True)[: AT_MOST + 1])
    if len(keys) > AT_MOST or (form is not None and not form.is_valid()):
        return preview(page, form)
    if len(keys) > AT_ONCE:
        given = page.request.POST.copy()
        for name in ("id", "all", "do", "csrfmiddlewaretoken"):
            given.pop(name, None)
        params = {"verb": verb.name, "ids": keys, "given": given.urlencode()}
        return redirect(jobs.start(page, JobKind.BULK, str(verb.label), params, total=len(keys)))
    rows = list(page.with_relations(page.visible().filter(pk__in=keys)))
    result = lifecycle.bulk(verb.service, rows, by=page.user, at=timezone.now(), **arguments(form))
    context = {"page": page, "verb": verb, "result": result, "back_url": page.address()}
    return render(page.request, "listings/bulk_done.html", context)


def work(job: Job) -> None:
    """Take the verb on many rows in the worker, a piece at a time.

    Each piece and the note of how far the job has come are one transaction, so that a worker that is killed and
    replaced, or a second one, goes on behind the last piece and takes no row twice.
    """
    page = jobs.page_of(job)
    verb = verb_of(page, job.params["verb"])
    form = form_of(verb, QueryDict(job.params.get("given", "")))
    if form is not None:
        form.is_valid()
    while work_piece(job.pk, page, verb, arguments(form)):
        pass
    job.refresh_from_db()


@transaction.atomic
def work_piece(pk: int, page: ListPage, verb: BulkVerb, given: dict[str, Any]) -> bool:
    """Take the next piece; says whether there was one."""
    job = Job.objects.select_for_update().get(pk=pk)
    ids = job.params["ids"][job.done : job.done + CHUNK]
    if not ids:
        return False
    rows = {row.pk: row for row in page.with_relations(page.visible().filter(pk__in=ids))}
    found = [rows[key] for key in ids if key in rows]
    result = lifecycle.bulk(verb.service, found, by=page.user, at=timezone.now(), **given)
    so_far = job.result or {"done": 0, "skipped": [], "skipped_count": 0}
    skipped = [[str(row), why] for row, why in result.skipped]
    job.result = {
        "done": so_far["done"] + len(result.done),
        "skipped": (so_far["skipped"] + skipped)[:SKIPPED_KEPT],
        "skipped_count": so_far["skipped_count"] + len(ids) - len(result.done),
    }
    job.done += len(ids)
    job.save(update_fields=["done", "result"])
    return True
