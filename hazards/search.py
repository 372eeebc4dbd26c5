"""Hazards in the search box: by number or by words of the problem."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from listings.views import Search


def found(user: User, words: str) -> QuerySet:
    """Return the hazards the person sees whose number or problem holds the words, the newest first."""
    rows = Hazard.objects.visible_to(user).filter(search_text__bigrams=words.replace("\0", ""))
    return rows.with_list_relations().order_by("-found_at", "-pk")


def line(hazard: Hazard) -> str:
    """Say where it is and how far."""
    return f"{hazard.enterprise.name} · {hazard.region.name} · {HAZARD.state(hazard.state).label}"


SEARCHES = [
    Search(_("Hazards"), found, line, lambda words: f"{reverse('hazards:list')}?{urlencode({'q': words})}")
]
