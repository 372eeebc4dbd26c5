"""What visits show on the page of an enterprise, and where a hazard was found."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from hazards.models import Hazard
from inspections.kinds import ADMINISTRATIVE
from inspections.models import Finding, Visit
from inspections.querysets import kinds_seen
from inspections.visits.called import act_seen_by, records
from inspections.visits.selectors import quota_with
from listings.panels import Panel

NEWEST = 10
SHOWN_OF_FINDING = ("hazard", "visit__kind", "visit__number", "visit__started_at", "item__content")


def kept(obj: Any, name: str, read: Any) -> Any:
    """Read what tab and section both need a single time for the record at hand."""
    known = obj.__dict__.setdefault("_panels", {})
    if name not in known:
        known[name] = read()
    return known[name]


def counts_of(enterprise: Enterprise, user: User) -> dict[str, int]:
    """Count the enterprise's visits: all, planned or under way, inspections, back-filled."""
    rows = Visit.objects.visible_to(user).filter(enterprise=enterprise)
    finished = Q(state="finished")
    return kept(
        enterprise,
        "visits",
        lambda: rows.aggregate(
            all=Count("pk"),
            open=Count("pk", filter=Q(state__in=("planned", "under_way"))),
            inspections=Count("pk", filter=finished & Q(kind__in=ADMINISTRATIVE)),
            backfilled=Count("pk", filter=finished & Q(is_backfilled=True)),
        ),
    )


def visits_of_enterprise(enterprise: Enterprise, user: User) -> dict[str, Any]:
    """Return the newest visits to the enterprise and the lists behind the figures."""
    counts, url = counts_of(enterprise, user), f"{reverse('inspections:visits')}?enterprise={enterprise.pk}"
    rows = Visit.objects.visible_to(user).filter(enterprise=enterprise).order_by("-created_at", "-pk")
    return {
        "rows": list(rows[:NEWEST]) if counts["all"] else [],
        "counts": counts,
        "figures": [
            {
                "value": counts["open"],
                "label": _("Planned or under way"),
                "url": f"{url}&state=planned&state=under_way",
            },
            *(
                [
                    {
                        "value": counts["inspections"],
                        "label": _("Inspections"),
                        "url": f"{url}&inspections=true",
                    }
                ]
                if kinds_seen(user) & set(ADMINISTRATIVE)
                else []
            ),
            {"value": counts["backfilled"], "label": _("Back-filled"), "url": f"{url}&backfilled=true"},
            {"value": counts["all"], "label": _("All"), "url": url},
        ],
        "url": url,
        "act": act_seen_by(user),
        "quota": quota_with(user, enterprise, on=timezone.localdate()),
    }


def found_by(hazard: Hazard, user: User) -> Finding | None:
    """Return by which visit the hazard was found, if the person may see that visit."""
    rows = Finding.objects.filter(hazard=hazard, visit__in=Visit.objects.visible_to(user))
    shown = rows.select_related("visit", "item").only(*SHOWN_OF_FINDING)
    return kept(hazard, "finding", shown.first)


PANELS = [
    Panel(
        model="enterprises.Enterprise",
        code="visits",
        label=records,
        template="inspections/_panel_visits.html",
        context=visits_of_enterprise,
        count=lambda enterprise, user: counts_of(enterprise, user)["open"],
        order=35,
        permission="inspections.view_visit",
    ),
    Panel(
        model="hazards.Hazard",
        code="finding",
        label=_("How it was found"),
        template="inspections/_panel_finding.html",
        context=lambda hazard, user: {"finding": found_by(hazard, user)},
        count=lambda hazard, user: 1,
        applies=lambda hazard, user: found_by(hazard, user) is not None,
        order=15,
        permission="inspections.view_visit",
    ),
]
