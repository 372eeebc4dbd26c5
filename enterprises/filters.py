"""The conditions of the enterprise list."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from enterprises.choices import ENDED, EnterpriseSize, OperatingStatus, RegulatoryCategory, RiskTag
from enterprises.models import Enterprise
from enterprises.places import PlaceFilter
from regions.models import Region

LEVEL_COLUMN = {4: "city_code", 6: "county_code", 9: "town_code"}
# Counties and towns are offered; villages are too many for a list of choices.
PLACES_TO = 9


def places_of(user: User | None) -> list[tuple[str, str]]:
    """Return the counties and towns the person's posts cover, in the order of their codes."""
    if user is None:
        return []
    rows = Region.objects.visible_to(user).filter(level__in=(3, 4)).order_by("code")
    return [(code, name) for code, name in rows.values_list("code", "name") if len(code) <= PLACES_TO]


class EnterpriseFilter(filters.FilterSet):
    """Place, industry, status, size and special risk."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    category = filters.MultipleChoiceFilter(
        label=_("Industry"), field_name="regulatory_category", choices=RegulatoryCategory.choices
    )
    status = filters.MultipleChoiceFilter(
        label=_("Status"), field_name="operating_status", choices=OperatingStatus.choices
    )
    size = filters.ChoiceFilter(label=_("Size"), choices=EnterpriseSize.choices)
    risk = filters.ChoiceFilter(label=_("Special risk"), method="has_risk", choices=RiskTag.choices)
    above = filters.BooleanFilter(label=_("Above designated size"), field_name="is_above_designated")
    employees = filters.RangeFilter(label=_("Employees"))
    active = filters.BooleanFilter(label=_("Under supervision"), method="is_active")
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")
    village = PlaceFilter(label=_("Exactly in"), field_name="region_id")

    class Meta:
        model = Enterprise
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for several times while the form is made.
        self.filters["place"].extra["choices"] = cache(lambda: places_of(getattr(self.request, "user", None)))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows of a county or a town, by its stored column."""
        return rows.filter(**{LEVEL_COLUMN.get(len(value), "region_id"): value})

    def has_risk(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises with the special risk."""
        return rows.filter(risk_tags__contains=[value])

    def is_active(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep enterprises that have not ended, or only those that have."""
        return rows.active() if value else rows.filter(operating_status__in=ENDED)
