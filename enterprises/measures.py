"""What is counted about enterprises."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enterprises.choices import OperatingStatus, RegulatoryCategory
from enterprises.models import Enterprise
from enterprises.sources.measures import SOURCE_MEASURES
from enterprises.truth.measures import TRUTH_MEASURES
from listings.measures import Breakdown, Measure
from regions.selectors import names_of


def listed(params: Mapping[str, Any]) -> str:
    """Return the address of the enterprise list under these parameters."""
    return f"{reverse('enterprises:list')}?{urlencode(params, doseq=True)}"


BREAKDOWNS = (
    Breakdown("county", _("By county"), "county_code", "county", names_of),
    Breakdown("town", _("By town"), "town_code", "town", names_of),
    Breakdown(
        "industry",
        _("By industry"),
        "regulatory_category",
        "category",
        lambda codes: dict(RegulatoryCategory.choices),
    ),
    Breakdown(
        "status", _("By status"), "operating_status", "status", lambda codes: dict(OperatingStatus.choices)
    ),
)

MEASURES = [
    Measure(
        "enterprises.active",
        _("Enterprises under supervision"),
        lambda user, at: Enterprise.objects.visible_to(user).active(),
        listed,
        params={"active": "true"},
        breakdowns=BREAKDOWNS,
    ),
    *SOURCE_MEASURES,
    *TRUTH_MEASURES,
]
HOME_MEASURES = MEASURES[:1]
