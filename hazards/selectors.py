"""Reads across hazards that feed more than one page."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from deadlines.calendar import add_months
from enterprises.models import Enterprise
from hazards.models import Hazard
from rulebook.services import parameter


def find_earlier_occurrence(enterprise: Enterprise, description: str, *, at: datetime) -> Hazard | None:
    """Return the newest closed hazard of the enterprise with the same words within the recurrence window."""
    months = parameter("HAZARD_RECUR_MONTHS", on=localdate(at), region=enterprise.region_id).amount
    since = add_months(localdate(at), -int(months))
    return (
        enterprise.hazards.filter(description=description, state="closed", found_at__date__gte=since)
        .order_by("-found_at")
        .first()
    )


def similar_open(viewer: User, enterprise: Enterprise, words: str) -> QuerySet[Hazard]:
    """Return up to five open hazards of the enterprise whose text shares the words, newest first."""
    rows = Hazard.objects.visible_to(viewer).filter(enterprise=enterprise).open()
    return rows.filter(search_text__holds=words.strip()[:20]).order_by("-found_at")[:5]


def recent_places(enterprise: Enterprise, limit: int = 5) -> list[str]:
    """Return the places named last at the enterprise, newest first, each once."""
    places = enterprise.hazards.order_by("-found_at").values_list("place", flat=True)[:40]
    return list(dict.fromkeys(places))[:limit]
