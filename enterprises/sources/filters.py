"""The conditions of the list of major hazard sources."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from enterprises.choices import RegulatoryCategory
from enterprises.filters import LEVEL_COLUMN, places_of
from enterprises.models import SourceUnit
from enterprises.models.sources import STANDING_STATES, Grade, UnitKind
from enterprises.places import PlaceFilter
from enterprises.sources.lifecycle import SOURCE
from enterprises.sources.periods import period_of

# The periods in which filings are copied upward: counties each quarter, the city each half-year (O40).
FILED_IN = [
    ("quarter", _("This quarter")),
    ("last_quarter", _("The quarter before")),
    ("half", _("This half-year")),
    ("last_half", _("The half-year before")),
]
STATES = [(state.code, state.label) for state in SOURCE.states]


class SourceFilter(filters.FilterSet):
    """Place, grade, state, kind, industry, the next assessment, and what stands on a unit."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    grade = filters.MultipleChoiceFilter(label=_("Grade"), choices=Grade.choices)
    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    kind = filters.ChoiceFilter(label=_("Kind of unit"), choices=UnitKind.choices)
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    review = filters.DateFromToRangeFilter(
        label=_("Next assessment"),
        field_name="next_review_on",
        widget=DateRangeWidget(attrs={"type": "date"}),
    )
    standing = filters.BooleanFilter(label=_("Major hazard source"), method="is_standing")
    process = filters.BooleanFilter(
        label=_("Hazardous process under key supervision"), field_name="is_key_process"
    )
    park = filters.BooleanFilter(label=_("In a chemical park"), field_name="in_chemical_park")
    cancel = filters.BooleanFilter(
        label=_("Deregistration asked for"), field_name="cancel_asked_at", lookup_expr="isnull", exclude=True
    )
    filed_in = filters.ChoiceFilter(label=_("Put on file in"), method="was_filed_in", choices=FILED_IN)
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    county = PlaceFilter(label=_("County or district"), field_name="enterprise__county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="enterprise__town_code")

    class Meta:
        model = SourceUnit
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        self.filters["place"].extra["choices"] = cache(lambda: places_of(user))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep units of a county or a town, by the enterprise's stored column."""
        return rows.filter(**{f"enterprise__{LEVEL_COLUMN[len(value)]}": value})

    def was_filed_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep units put on file in a quarter or a half-year, this one or the one before."""
        months = 3 if value.endswith("quarter") else 6
        first, after = period_of(localdate(), months, back=value.startswith("last"))
        return rows.filter(filed_on__gte=first, filed_on__lt=after)

    def is_standing(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep major hazard sources, or what is none."""
        return rows.standing() if value else rows.exclude(state__in=STANDING_STATES)
