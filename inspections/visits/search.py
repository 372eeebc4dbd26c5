"""Visits in the search box and in their list: by number, or by the enterprise."""

import re
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from enterprises.models import Enterprise
from enterprises.search import plain
from inspections.models import Visit
from inspections.visits.called import records
from inspections.visits.lifecycle import VISIT
from listings.searching import indexed
from listings.views import Search

# A number from its beginning, to the year or further.
NUMBER = re.compile(r"JC\d{4,}", re.IGNORECASE)


def holding(rows: QuerySet, words: str, user: User) -> QuerySet:
    """Keep the visits whose number begins with the words, or whose enterprise's file holds them."""
    if NUMBER.fullmatch(words):
        return rows.filter(number__startswith=words.upper())
    files = indexed(Enterprise.objects.all(), "search_text", plain(words), user)
    return rows.filter(enterprise__in=files.values("pk"))


def found(user: User, words: str) -> QuerySet:
    """Return the visits whose number begins with the words, the newest first; files are found by themselves."""
    rows = Visit.objects.visible_to(user).order_by("-created_at", "-pk")
    if not NUMBER.fullmatch(words.strip()):
        return rows.none()
    return rows.filter(number__startswith=words.strip().upper()).select_related(
        "enterprise", "body", "region"
    )


def line(visit: Visit) -> str:
    """Say what kind it is and how far."""
    return f"{visit.get_kind_display()} · {visit.region.name} · {VISIT.state(visit.state).label}"


SEARCHES = [
    Search(records, found, line, lambda words: f"{reverse('inspections:visits')}?{urlencode({'q': words})}")
]
