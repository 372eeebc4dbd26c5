"""Hazards in the search box."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from listings.views import Search


def named(user: User, words: str) -> QuerySet[Hazard]:
    """Return hazards the person sees whose number or problem holds the words, the newest first."""
    rows = Hazard.objects.visible_to(user).filter(search_text__bigrams=words)
    return rows.with_list_relations().order_by("-found_at", "-pk")


SEARCHES = [
    Search(
        label=_("Hazards"),
        queryset=named,
        line=lambda row: f"{row.enterprise.name} · {HAZARD.state(row.state).label}",
        list_url=lambda words: f"{reverse('hazards:list')}?{urlencode({'q': words})}",
    )
]
