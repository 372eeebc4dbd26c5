"""The conditions of the enterprise list."""

from functools import cache
from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest, QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from accounts.models import User
from enterprises.choices import (
    ENDED,
    SECTIONS,
    SUB_CATEGORIES,
    EnterpriseSize,
    EnterpriseType,
    OperatingStatus,
    RegulatoryCategory,
    RiskTag,
    SupervisionLevel,
)
from enterprises.classification import KeyPoint, graded, high_risk, with_key_points
from enterprises.models import Enterprise
from enterprises.models.ledgers.papers import StandardGrade
from enterprises.places import PlaceFilter
from enterprises.positions import Box
from enterprises.sources.measures import with_sources
from regions.models import Region

LEVEL_COLUMN = {4: "city_code", 6: "county_code", 9: "town_code"}
SUB_CHOICES = [(word, word) for words in SUB_CATEGORIES.values() for word in words]
SECTION_CHOICES = [(code, f"{code} {name}") for code, (name, _first, _last) in SECTIONS.items()]
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
    # Not `size`: in the address of a list that is how many rows stand on a page.
    scale = filters.ChoiceFilter(label=_("Size"), field_name="size", choices=EnterpriseSize.choices)
    risk = filters.MultipleChoiceFilter(label=_("Special risk"), method="has_risk", choices=RiskTag.choices)
    sub_category = filters.ChoiceFilter(label=_("Sub-category"), choices=SUB_CHOICES)
    section = filters.ChoiceFilter(
        label=_("Section of GB/T 4754"), method="is_in_section", choices=SECTION_CHOICES
    )
    industry = filters.CharFilter(
        label=_("Industry code begins with"),
        field_name="industry_code",
        lookup_expr="startswith",
        validators=[RegexValidator(r"^[0-9]{2,4}$", _("Two to four digits of GB/T 4754."))],
    )
    level = filters.ChoiceFilter(
        label=_("Level of supervision"), field_name="supervision_level", choices=SupervisionLevel.choices
    )
    type = filters.ChoiceFilter(
        label=_("Registered type"), field_name="enterprise_type", choices=EnterpriseType.choices
    )
    established = filters.DateFromToRangeFilter(
        label=_("Established on"), field_name="established_on", widget=DateRangeWidget(attrs={"type": "date"})
    )
    term_ended = filters.BooleanFilter(label=_("Business term has ended"), method="has_term_ended")
    above = filters.BooleanFilter(label=_("Above designated size"), field_name="is_above_designated")
    employees = filters.RangeFilter(label=_("Employees"))
    shift = filters.RangeFilter(label=_("Most people on one shift"), field_name="shift_people")
    active = filters.BooleanFilter(label=_("Under supervision"), method="is_active")
    sources = filters.BooleanFilter(label=_("Has major hazard sources"), method="has_sources")
    key = filters.MultipleChoiceFilter(
        label=_("Key process, key chemical or major source"),
        method="has_key_points",
        choices=KeyPoint.choices,
    )
    high_risk = filters.BooleanFilter(label=_("High-risk unit"), method="is_high_risk")
    standard = filters.ChoiceFilter(
        label=_("Standardisation, valid"), method="has_grade", choices=StandardGrade.choices
    )
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")
    village = PlaceFilter(label=_("Exactly in"), field_name="region_id")

    located = filters.BooleanFilter(label=_("Has a position"), field_name="latitude", method="has_position")
    box = filters.CharFilter(
        label=_("Section of the map"),
        method="lies_in_box",
        widget=HiddenInput,
        max_length=100,
        validators=[Box.read],
    )

    class Meta:
        model = Enterprise
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for several times while the form is made.
        self.filters["place"].extra["choices"] = cache(lambda: places_of(getattr(self.request, "user", None)))

    def has_sources(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep enterprises that have a major hazard source, or those that have none."""
        found = with_sources(rows)
        return found if value else rows.exclude(pk__in=found.values("pk"))

    def has_key_points(self, rows: QuerySet, name: str, value: list[str]) -> QuerySet:
        """Keep enterprises with any of the key points."""
        return with_key_points(rows, value) if value else rows

    def is_high_risk(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep high-risk units, or all others."""
        return rows.filter(high_risk()) if value else rows.exclude(high_risk())

    def has_grade(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises with this grade of standardisation today."""
        return graded(rows, value, localdate())

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows of a county or a town, by its stored column."""
        return rows.filter(**{LEVEL_COLUMN.get(len(value), "region_id"): value})

    def has_risk(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises with any of the special risks."""
        return rows.filter(risk_tags__overlap=value) if value else rows

    def is_in_section(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises of a section of the industry standard: its first two digits lie in a range."""
        first, last = SECTIONS[value][1:]
        return rows.filter(industry_code__gte=first, industry_code__lt=f"{int(last) + 1:02}")

    def has_term_ended(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep enterprises whose business term has ended, or those that may still do business."""
        ended = Q(business_term_to__lt=localdate())
        return rows.filter(ended) if value else rows.exclude(ended)

    def has_position(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep enterprises that stand on the map, or only those that cannot."""
        return rows.filter(latitude__isnull=not value)

    def lies_in_box(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep enterprises in a section of the map."""
        return Box.read(value).hold(rows)

    def is_active(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep enterprises that have not ended, or only those that have."""
        return rows.active() if value else rows.filter(operating_status__in=ENDED)


def narrowed(rows: QuerySet, query: QueryDict, request: HttpRequest) -> QuerySet:
    """Return the rows under the conditions of an address; raises ValidationError where one cannot be read."""
    made = EnterpriseFilter(query, queryset=rows, request=request)
    for each in made.filters.values():
        # On the enterprise's own columns nothing can double; DISTINCT would only take time.
        each.distinct = False
    if not made.form.is_valid():
        raise ValidationError({name: list(words) for name, words in made.form.errors.items()})
    return made.qs
