"""Enterprises in the search box: by a part of name, former name, code, person, phone or address."""

import re
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from listings.searching import first_of
from listings.views import Search

# A number as people write it: with spaces, dashes or brackets, which the stored ones do not have.
WRITTEN_NUMBER = re.compile(r"\+?[\d\s()（）-]*\d[\d\s()（）-]*")
# Shorter ones are house numbers, in which a dash stands for itself.
SHORTEST_NUMBER = 7
LONGEST = 60


def plain(words: str) -> str:
    """Return the words as they are looked for: a phone number by its digits alone, without +86."""
    words = words.replace("\0", "").strip()[:LONGEST]
    if not WRITTEN_NUMBER.fullmatch(words):
        return words
    digits = re.sub(r"\D", "", words)
    if words.startswith("+"):
        return digits.removeprefix("86")
    return digits if len(digits) >= SHORTEST_NUMBER else words


def found(user: User, words: str) -> QuerySet:
    """Return the enterprises the person sees whose file holds the words, the last changed first."""
    newest = Enterprise.objects.visible_to(user).order_by("-updated_at", "-pk")
    return first_of(newest, "search_text", plain(words), user).rows.select_related("region__parent")


def line(enterprise: Enterprise) -> str:
    """Say its code, its place and its industry."""
    place = enterprise.region
    where = f"{place.parent.name} {place.name}" if place.parent else place.name
    return f"{enterprise.uscc} · {where} · {enterprise.get_regulatory_category_display()}"


SEARCHES = [
    Search(
        _("Enterprises"),
        found,
        line,
        lambda words: f"{reverse('enterprises:list')}?{urlencode({'q': words})}",
    )
]
