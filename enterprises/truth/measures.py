"""What is counted about the truth of files: each figure opens exactly the files behind it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.choices import RegulatoryCategory
from enterprises.models import Conflict, QualityScore
from listings.measures import Breakdown, Measure
from regions.selectors import names_of


def conflicts_listed(params: Mapping[str, Any]) -> str:
    """Return the address of the list of conflicts under these parameters."""
    return f"{reverse('enterprises:conflicts')}?{urlencode(params, doseq=True)}"


def files_listed(params: Mapping[str, Any]) -> str:
    """Return the address of the list of files with their scores under these parameters."""
    return f"{reverse('enterprises:quality')}?{urlencode(params, doseq=True)}"


BREAKDOWNS = (
    Breakdown("county", _("By county"), "enterprise__county_code", "county", names_of),
    Breakdown("town", _("By town"), "enterprise__town_code", "town", names_of),
    Breakdown(
        "industry",
        _("By industry"),
        "enterprise__regulatory_category",
        "category",
        lambda codes: dict(RegulatoryCategory.choices),
    ),
)

TRUTH_MEASURES = [
    Measure(
        "enterprises.open_conflicts",
        _("Conflicts to be resolved"),
        lambda user, at: Conflict.objects.visible_to(user).filter(state="open"),
        conflicts_listed,
        params={"state": "open"},
        breakdowns=BREAKDOWNS,
    ),
    Measure(
        "enterprises.stale_contacts",
        _("Files whose contact is stale"),
        lambda user, at: QualityScore.objects.visible_to(user).filter(stale__contains=["contact"]),
        files_listed,
        params={"stale": "contact"},
        breakdowns=BREAKDOWNS,
    ),
]
