"""What is counted about major hazard sources: each figure opens exactly the rows behind it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import RegulatoryCategory
from enterprises.models import Enterprise, SourceUnit
from enterprises.models.sources import Grade, UnitKind
from enterprises.sources.lifecycle import SOURCE
from listings.measures import Breakdown, Measure
from regions.selectors import names_of


def listed(params: Mapping[str, Any]) -> str:
    """Return the address of the list of sources under these parameters."""
    return f"{reverse('enterprises:sources')}?{urlencode(params, doseq=True)}"


def enterprises_listed(params: Mapping[str, Any]) -> str:
    """Return the address of the list of enterprises under these parameters."""
    return f"{reverse('enterprises:list')}?{urlencode(params, doseq=True)}"


def with_sources(rows: QuerySet) -> QuerySet:
    """Keep enterprises that have a major hazard source."""
    return rows.filter(Exists(SourceUnit.objects.standing().filter(enterprise=OuterRef("pk"))))


def standing(user: User, at: datetime) -> QuerySet:
    """Return the sources that the person sees."""
    return SourceUnit.objects.visible_to(user).standing()


STATES = {state.code: state.label for state in SOURCE.states}
PLACES = (
    Breakdown("county", _("By county"), "enterprise__county_code", "county", names_of),
    Breakdown("town", _("By town"), "enterprise__town_code", "town", names_of),
)
BREAKDOWNS = (
    Breakdown("grade", _("By grade"), "grade", "grade", lambda values: dict(Grade.choices)),
    Breakdown("state", _("By state"), "state", "state", lambda values: STATES),
    Breakdown("kind", _("By kind of unit"), "kind", "kind", lambda values: dict(UnitKind.choices)),
    *PLACES,
)
ENTERPRISE_BREAKDOWNS = (
    Breakdown("county", _("By county"), "county_code", "county", names_of),
    Breakdown("town", _("By town"), "town_code", "town", names_of),
    Breakdown(
        "industry",
        _("By industry"),
        "regulatory_category",
        "category",
        lambda codes: dict(RegulatoryCategory.choices),
    ),
)

SOURCE_MEASURES = [
    Measure(
        "enterprises.sources",
        _("Major hazard sources"),
        standing,
        listed,
        params={"standing": "true"},
        breakdowns=BREAKDOWNS,
    ),
    Measure(
        "enterprises.sources_expired",
        _("Major hazard sources to be assessed anew"),
        lambda user, at: standing(user, at).filter(state="expired"),
        listed,
        params={"state": "expired"},
        breakdowns=PLACES,
    ),
    Measure(
        "enterprises.with_sources",
        _("Enterprises with major hazard sources"),
        lambda user, at: with_sources(Enterprise.objects.visible_to(user)),
        enterprises_listed,
        params={"sources": "true"},
        breakdowns=ENTERPRISE_BREAKDOWNS,
    ),
]
