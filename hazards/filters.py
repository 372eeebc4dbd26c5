"""The conditions of the hazard list."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from enterprises.choices import RegulatoryCategory
from enterprises.filters import places_of
from enterprises.places import PlaceFilter
from hazards.choices import Axis, Category, Grade, Level, Source
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.querysets import COUNTED, RECTIFIED_IN_TIME, overdue

STATES = [(state.code, state.label) for state in HAZARD.states]
RECTIFICATION = [
    ("due", _("The day has passed")),
    ("in_time", _("The day has passed, rectified in time")),
    ("late", _("The day has passed, not rectified in time")),
]


def days() -> DateRangeWidget:
    """Return the first and the last day of a range, typed or picked."""
    return DateRangeWidget(attrs={"type": "date"})


class HazardFilter(filters.FilterSet):
    """Place, state, grade, source, category, level, days, and whether it is open, overdue or listed."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    grade = filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)
    source = filters.MultipleChoiceFilter(label=_("Found by"), choices=Source.choices)
    axis = filters.ChoiceFilter(label=_("Axis"), choices=Axis.choices)
    category = filters.MultipleChoiceFilter(label=_("Category"), choices=Category.choices)
    level = filters.ChoiceFilter(
        label=_("In the hands of"), field_name="level_in_charge", choices=Level.choices
    )
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    found = filters.DateFromToRangeFilter(label=_("Found"), field_name="found_at", widget=days())
    closed = filters.DateFromToRangeFilter(
        label=_("Closed"), field_name="closed_at", method="was_closed", widget=days()
    )
    deadline = filters.DateFromToRangeFilter(label=_("Deadline"), field_name="deadline_on", widget=days())
    rectification = filters.ChoiceFilter(label=_("Rectification"), method="went_like", choices=RECTIFICATION)
    open = filters.BooleanFilter(label=_("Open"), method="is_open")
    overdue = filters.BooleanFilter(label=_("Overdue"), method="is_overdue")
    listed = filters.BooleanFilter(label=_("Listed for supervision"), field_name="is_listed")
    recurring = filters.BooleanFilter(
        label=_("Recurring"), field_name="recurrence_of", lookup_expr="isnull", exclude=True
    )
    counted = filters.BooleanFilter(label=_("Without what is no hazard"), method="is_counted")
    unique = filters.BooleanFilter(label=_("Without repetitions"), method="is_unique")
    self_reported = filters.BooleanFilter(label=_("Reported by the enterprise before"), method="was_reported")
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")
    village = PlaceFilter(label=_("Exactly in"), field_name="region_id")

    class Meta:
        model = Hazard
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        self.filters["place"].extra["choices"] = cache(lambda: places_of(user))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows of a county or a town, by its stored column."""
        column = {4: "city_code", 6: "county_code", 9: "town_code"}.get(len(value), "region_id")
        return rows.filter(**{column: value})

    def is_open(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what still needs work, or only what does not."""
        return rows.open() if value else rows.filter(state__in=["closed", "not_hazard"])

    def is_overdue(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what ran over its rectification day, or only what did not."""
        late = overdue(timezone.localdate())
        return rows.filter(late if value else ~late)

    def was_closed(self, rows: QuerySet, name: str, value: slice) -> QuerySet:
        """Keep what was closed as a hazard between the days; what was set aside was not."""
        if value.start:
            rows = rows.filter(closed_at__gte=value.start)
        if value.stop:
            rows = rows.filter(closed_at__lte=value.stop)
        return rows.filter(state="closed")

    def went_like(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what was to be rectified before today: all of it, what was in time, or what was not."""
        rows = rows.due(timezone.localdate())
        if value == "late":
            return rows.exclude(RECTIFIED_IN_TIME)
        return rows.rectified_in_time() if value == "in_time" else rows

    def is_counted(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Leave out what turned out to be no hazard, or keep nothing else."""
        return rows.filter(COUNTED if value else ~COUNTED)

    def is_unique(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Leave out what repeats an earlier hazard in the same words."""
        return rows.said_first(timezone.localdate()) if value else rows

    def was_reported(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep hazards of a category that the enterprise had reported itself shortly before, or the others."""
        return rows.reported_before(timezone.localdate(), yes=value)
