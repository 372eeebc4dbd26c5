"""Enterprises in the search box: by a part of name, former name, code, person, phone or address."""

import re
from typing import ClassVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.models import Enterprise
from listings.searching import Found, first_of, indexed, longest_of, rare
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


class ByEnterprise:
    """A list of what hangs on enterprises, looked for by what the enterprise's file says: words, persons, numbers.

    The words are found through the index of the files, and the rows through that of their enterprise; nothing reads
    the rows one by one, unless the words stand in more files than a list counts.
    """

    user: User
    is_placed: ClassVar[bool] = False
    # Fields of the rows themselves that hold words too, where the rows are few.
    own_words: ClassVar[tuple[str, ...]] = ()
    # Whether the enterprise of a row that the person sees may lie outside their place.
    from_elsewhere: ClassVar[bool] = False

    @property
    def looking(self) -> User | None:
        """Within whose place the files are looked through; None for all places."""
        return None if self.from_elsewhere else self.user

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Keep the rows whose enterprise holds the words, however many they are."""
        files = indexed(Enterprise.objects.all(), "search_text", plain(words), self.looking)
        return self.holding(rows, Q(enterprise__in=files.values("pk")), words)

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """Keep the rows whose enterprise holds the words, in the way that gives a page of them soonest."""
        wanted = plain(words)
        if longest_of(wanted) < 2:
            return Found(self.holding(rows, Q(enterprise__search_text__holds=wanted), words))
        keys = rare(Enterprise.objects.all(), "search_text", wanted, self.looking)
        if keys is None:
            return Found(self.search(rows, words))
        return Found(self.holding(rows, Q(enterprise__in=keys), words))

    def holding(self, rows: QuerySet, of_enterprise: Q, words: str) -> QuerySet:
        """Keep the rows of the enterprises meant, and those with the words in their own fields."""
        for name in self.own_words:
            of_enterprise |= Q(**{f"{name}__holds": words})
        return rows.filter(of_enterprise)


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
