"""What a supervision shows on the page of its visit: the problems of the body, and the order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import GovernmentOrder, Visit
from inspections.supervision.rules import lacking_order
from listings.panels import Panel


def problems(visit: Visit) -> list[Any]:
    """Return what was found about the body, read once for tab and section."""
    kept = visit.__dict__.setdefault("_panels", {})
    if "problems" not in kept:
        kept["problems"] = list(visit.government_findings.order_by("pk")) if visit.body_id else []
    return kept["problems"]


def context(visit: Visit, user: User) -> dict[str, Any]:
    """Return the problems, the order, and whether the person issues it now."""
    order = GovernmentOrder.objects.visible_to(user).filter(visit=visit).first()
    return {
        "visit": visit,
        "problems": problems(visit),
        "order": order,
        "can_issue": order is None and lacking_order(visit, user) is None,
    }


PANELS = [
    Panel(
        model="inspections.Visit",
        code="problems",
        label=_("Problems of the body"),
        template="inspections/supervision/_panel_problems.html",
        context=context,
        count=lambda visit, user: len(problems(visit)),
        applies=lambda visit, user: bool(problems(visit)),
        order=10,
    ),
]
