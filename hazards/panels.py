"""What hazards show on the page of an enterprise, and what other rooms keep about one hazard."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from attachments.models import Attachment
from enterprises.models import Enterprise
from hazards.models import Hazard
from hazards.querysets import OPEN, overdue
from listings.panels import Panel
from paperwork.models import IssuedDocument

NEWEST = 10
SIMILAR = 5


def once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Have what tab and section both need read a single time for the record at hand."""

    @wraps(read)
    def kept(obj: Any, *viewer: User) -> Any:
        found = obj.__dict__.setdefault("_panels", {})
        if read.__name__ not in found:
            found[read.__name__] = read(obj, *viewer)
        return found[read.__name__]

    return kept


@once
def counts_of(enterprise: Enterprise, user: User) -> dict[str, int]:
    """Count the enterprise's hazards: all, open, overdue, major and open."""
    today = timezone.localdate()
    rows = Hazard.objects.visible_to(user).filter(enterprise=enterprise)
    return rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=OPEN),
        overdue=Count("pk", filter=overdue(today)),
        major=Count("pk", filter=OPEN & Q(grade="major")),
    )


def hazards_of_enterprise(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return the newest hazards of the enterprise and the lists of all, of the open and of the late ones."""
    counts, url = counts_of(enterprise, user), f"{reverse('hazards:list')}?enterprise={enterprise.pk}"
    rows = Hazard.objects.visible_to(user).filter(enterprise=enterprise).defer("search_text")
    return {
        "rows": list(rows.order_by("-found_at", "-pk")[:NEWEST]) if counts["all"] else [],
        "counts": counts,
        "figures": [
            {"value": counts["open"], "label": _("Open"), "url": f"{url}&open=true"},
            {"value": counts["overdue"], "label": _("Overdue"), "url": f"{url}&overdue=true"},
            {"value": counts["major"], "label": _("Major, open"), "url": f"{url}&grade=major&open=true"},
            {"value": counts["all"], "label": _("All"), "url": url},
        ],
        "url": url,
    }


@once
def documents(hazard: Hazard, user: User) -> list[IssuedDocument]:
    """Return the documents issued about the hazard, the newest first."""
    kind = ContentType.objects.get_for_model(Hazard)
    rows = IssuedDocument.objects.visible_to(user).filter(target_type=kind, target_id=hazard.pk)
    return list(rows.without_bytes())


@once
def plans(hazard: Hazard) -> list[Any]:
    """Return every draft of the governance plan; one alone stands on the page anyway."""
    if not hazard.is_major:
        return []
    found = list(hazard.plans.all())
    return found if len(found) > 1 else []


@once
def extensions(hazard: Hazard) -> list[Any]:
    """Return the requests for an extension that were answered; the open one stands on the page anyway."""
    if not hazard.deadline_on or not getattr(hazard, "has_requests", True):
        return []
    return list(hazard.extensions.exclude(granted=None).select_related("decided_by"))


@once
def supervision(hazard: Hazard) -> dict[str, list[Any]]:
    """Return the listings of a major hazard and the reviews on site, the newest first."""
    if not hazard.is_major:
        return {"listings": [], "reviews": []}
    listings = hazard.listings.select_related("listing_body", "delisted_by").prefetch_related("extensions")
    reviews = hazard.reviews.prefetch_related("officers")
    return {"listings": list(listings), "reviews": list(reviews)}


def with_files(rows: list[Any]) -> list[Any]:
    """Add to each row its photos and papers, by one query for all of them."""
    if not rows:
        return rows
    kind = ContentType.objects.get_for_model(type(rows[0]))
    files: dict[int, list[Attachment]] = {}
    found = Attachment.objects.filter(target_type=kind, target_id__in=[row.pk for row in rows])
    for file in found.select_related("uploaded_by").order_by("pk"):
        files.setdefault(file.target_id, []).append(file)
    for row in rows:
        row.files = files.get(row.pk, [])
    return rows


@once
def governance(hazard: Hazard) -> dict[str, list[Any]]:
    """Return the newest progress reports of a major hazard and the opinions of experts."""
    if not hazard.is_major:
        return {"reports": [], "opinions": []}
    reports = hazard.progress.select_related("reported_by")[:NEWEST]
    opinions = hazard.opinions.all()
    return {"reports": with_files(list(reports)), "opinions": with_files(list(opinions))}


@once
def similar(hazard: Hazard, user: User) -> list[Hazard]:
    """Return earlier hazards of the same category at the same enterprise, and the one that has come back."""
    like = Q(category=hazard.category, found_at__lt=hazard.found_at) | Q(pk=hazard.recurrence_of_id)
    rows = Hazard.objects.visible_to(user).filter(like, enterprise_id=hazard.enterprise_id)
    return list(rows.exclude(pk=hazard.pk).defer("search_text").order_by("-found_at", "-pk")[:SIMILAR])


PANELS = [
    Panel(
        model="enterprises.Enterprise",
        code="hazards",
        label=_("Hazards"),
        template="hazards/_panel_enterprise.html",
        context=hazards_of_enterprise,
        count=lambda enterprise, user: counts_of(enterprise, user)["open"],
        order=30,
        permission="hazards.view_hazard",
    ),
    Panel(
        model="hazards.Hazard",
        code="documents",
        label=_("Documents issued"),
        template="hazards/_panel_documents.html",
        context=lambda hazard, user: {"documents": documents(hazard, user)},
        count=lambda hazard, user: len(documents(hazard, user)),
        applies=lambda hazard, user: bool(documents(hazard, user)),
        order=20,
    ),
    Panel(
        model="hazards.Hazard",
        code="progress",
        label=_("Progress and opinions"),
        template="hazards/_panel_progress.html",
        context=lambda hazard, user: governance(hazard),
        count=lambda hazard, user: sum(map(len, governance(hazard).values())),
        applies=lambda hazard, user: any(governance(hazard).values()),
        order=22,
    ),
    Panel(
        model="hazards.Hazard",
        code="supervision",
        label=_("Supervision and review on site"),
        template="hazards/_panel_supervision.html",
        context=lambda hazard, user: supervision(hazard),
        count=lambda hazard, user: sum(map(len, supervision(hazard).values())),
        applies=lambda hazard, user: any(supervision(hazard).values()),
        order=25,
    ),
    Panel(
        model="hazards.Hazard",
        code="rounds",
        label=_("Earlier plans and extensions"),
        template="hazards/_panel_rounds.html",
        context=lambda hazard, user: {"plans": plans(hazard), "extensions": extensions(hazard)},
        count=lambda hazard, user: len(plans(hazard)) + len(extensions(hazard)),
        applies=lambda hazard, user: bool(plans(hazard) or extensions(hazard)),
        order=30,
    ),
    Panel(
        model="hazards.Hazard",
        code="similar",
        label=_("Similar before"),
        template="hazards/_panel_similar.html",
        context=lambda hazard, user: {"hazard": hazard, "rows": similar(hazard, user)},
        count=lambda hazard, user: len(similar(hazard, user)),
        applies=lambda hazard, user: bool(similar(hazard, user)),
        order=40,
        permission="hazards.view_hazard",
    ),
]
