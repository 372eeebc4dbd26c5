"""Long work of a list: begun from its page, done by the worker, found again by the person who began it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from listings.models import Job
from listings.registry import page_class
from listings.tasks import run_job

if TYPE_CHECKING:
    from listings.pages import ListPage

KEPT_FOR = timedelta(days=3)


@transaction.atomic
def start(page: ListPage, kind: str, title: str, params: dict[str, Any], *, total: int | None = None) -> str:
    """Begin long work on a list as it is shown now, and return the address of its progress."""
    now = timezone.now()
    query = page.request.GET.copy()
    # The columns may be chosen anew before the worker comes to it.
    query["cols"] = ",".join(column.name for column in page.chosen)
    job = Job.objects.create(
        kind=kind,
        user=page.user,
        page=page.key,
        title=title,
        params={**params, "query": query.urlencode(), "back": page.address()},
        total=total,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    transaction.on_commit(lambda: run_job.delay(job.pk))
    return reverse("listings:job", args=[job.pk])


def page_of(job: Job) -> ListPage:
    """Return the list page of the job, as its person sees it now."""
    page = page_class(job.page)()
    request = HttpRequest()
    request.method, request.user = "GET", job.user
    request.GET = QueryDict(job.params.get("query", ""))
    page.request = request
    return page
