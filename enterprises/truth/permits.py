"""Licences against the file: a licence that names another place than the file says is a conflict with both values."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from enterprises.choices import ENDED
from enterprises.models import Conflict, Enterprise, Licence, SeenBy
from enterprises.truth.conflicts import report_conflict
from regions.codes import prefixes
from regions.selectors import names_of

# Licences that came by one import are compared so many at a time.
BATCH = 500
MARKS = re.compile(r"[\s,，.。、;；·\-—()（）]")


def compare_licence(licence: Licence, *, at: datetime) -> Conflict | None:
    """Report a conflict where a licence that holds names a place that the file does not; return it, or None.

    What was resolved once for the file is not reported again for the same words.
    """
    enterprise = licence.enterprise
    if not licence.address or licence.valid_to < localdate(at) or is_known(licence.address, enterprise):
        return None
    told = Conflict.objects.filter(enterprise=enterprise, field="production_address", seen=licence.address)
    if told.exclude(state="open").exists():
        return None
    with translation.override(settings.LANGUAGE_CODE):
        # In the language of the record.
        return report_conflict(
            enterprise,
            field="production_address",
            seen=licence.address,
            source=SeenBy.PERMIT,
            reference=str(licence),
            reference_url=reverse("enterprises:ledger_edit", args=[enterprise.pk, licence.CODE, licence.pk]),
            by=None,
            at=at,
        )


def compare_licences(*, since: datetime, at: datetime, after: int = 0) -> int | None:
    """Compare a batch of the licences that an import wrote at the moment; return the last key, or None at the end."""
    rows = list(imported(since).filter(pk__gt=after).order_by("pk")[:BATCH])
    for licence in rows:
        compare_licence(licence, at=at)
    return rows[-1].pk if len(rows) == BATCH else None


def imported(since: datetime) -> QuerySet[Licence]:
    """Return the licences with a place, written at the moment, that do not say it in the very words of the file."""
    rows = Licence.objects.filter(updated_at__gte=since, updated_at__lt=since + timedelta(seconds=1))
    rows = rows.exclude(address="").exclude(address=F("enterprise__production_address"))
    return rows.exclude(enterprise__operating_status__in=ENDED).select_related("enterprise")


def is_known(address: str, enterprise: Enterprise) -> bool:
    """Say whether the file has the place, as one of its addresses, however much of the divisions stands before it."""
    names = list(names_of(prefixes(enterprise.region_id)).values())
    said = plain(address, names)
    return said in {plain(enterprise.production_address, names), plain(enterprise.registered_address, names)}


def plain(address: str, places: Iterable[str]) -> str:
    """Return an address without marks, and without the names of the divisions before it."""
    words = MARKS.sub("", unicodedata.normalize("NFKC", address)).lower()
    stems = sorted({name for place in places for name in (place, place[:-1]) if len(name) > 1}, key=len)
    beginning = re.compile("|".join(re.escape(stem) + "[省市县区镇乡]?" for stem in reversed(stems)) or "$^")
    while (found := beginning.match(words)) and found.end() < len(words):
        words = words[found.end() :]
    return words
