"""Enterprises in the search box: by a part of the name or of the code."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from listings.searching import first_of
from listings.views import Search


def found(user: User, words: str) -> QuerySet:
    """Return the enterprises the person sees whose name or code holds the words, the last changed first."""
    newest = Enterprise.objects.visible_to(user).order_by("-updated_at", "-pk")
    found = first_of(newest, "search_text", words.replace("\0", ""), user)
    return found.rows.select_related("region__parent")


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
