"""Enterprises in the search box."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from listings.views import Search


def named(user: User, words: str) -> QuerySet[Enterprise]:
    """Return enterprises the person sees whose name or code holds the words, the last changed first."""
    return Enterprise.objects.visible_to(user).named_like(words).order_by("-updated_at", "-pk")


SEARCHES = [
    Search(
        label=_("Enterprises"),
        queryset=named,
        line=lambda row: f"{row.uscc} · {row.get_regulatory_category_display()}",
        list_url=lambda words: f"{reverse('enterprises:list')}?{urlencode({'q': words})}",
    )
]
