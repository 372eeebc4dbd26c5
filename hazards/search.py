"""Hazards in the search box: by number or by words of the problem."""

import re
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from listings.searching import Found, first_of
from listings.views import Search

# A number from its beginning, to the year or further.
NUMBER = re.compile(r"YH\d{4,}", re.IGNORECASE)


def holding(rows: QuerySet, words: str, user: User) -> Found:
    """Keep the hazards whose number begins with the words, or whose number or problem holds them.

    The pairs of digits in a number stand in every other number too: its beginning is found in an index of its own.
    """
    if NUMBER.fullmatch(words):
        return Found(rows.filter(number__startswith=words.upper()))
    return first_of(rows, "search_text", words, user)


def found(user: User, words: str) -> QuerySet:
    """Return the hazards the person sees whose number or problem holds the words, the newest first."""
    newest = Hazard.objects.visible_to(user).order_by("-found_at", "-pk")
    return holding(newest, words.replace("\0", ""), user).rows.with_list_relations()


def line(hazard: Hazard) -> str:
    """Say where it is and how far."""
    return f"{hazard.enterprise.name} · {hazard.region.name} · {HAZARD.state(hazard.state).label}"


SEARCHES = [
    Search(_("Hazards"), found, line, lambda words: f"{reverse('hazards:list')}?{urlencode({'q': words})}")
]
