"""The conditions of the list of visits."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.widgets import DateRangeWidget

from enterprises.choices import RegulatoryCategory
from enterprises.filters import places_of
from enterprises.places import PlaceFilter
from hazards.choices import EntryMode
from inspections.choices import Outcome, PositionState, Trigger
from inspections.kinds import ADMINISTRATIVE, VisitKind
from inspections.models import Participant, Visit
from inspections.visits.lifecycle import VISIT

STATES = [(state.code, state.label) for state in VISIT.states]
COLUMN_OF_LENGTH = {4: "city_code", 6: "county_code", 9: "town_code"}


def days() -> DateRangeWidget:
    """Return the first and the last day of a range, typed or picked."""
    return DateRangeWidget(attrs={"type": "date"})


class VisitFilter(filters.FilterSet):
    """Place, kind, state, days, result, back-filled, position, who took part."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    kind = filters.MultipleChoiceFilter(label=_("Kind"), choices=VisitKind.choices)
    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    trigger = filters.MultipleChoiceFilter(label=_("Why"), choices=Trigger.choices)
    outcome = filters.ChoiceFilter(label=_("Result"), choices=Outcome.choices)
    backfilled = filters.BooleanFilter(label=_("Back-filled"), field_name="is_backfilled")
    position = filters.MultipleChoiceFilter(
        label=_("Position"), field_name="position_state", choices=PositionState.choices
    )
    entry = filters.ChoiceFilter(label=_("Entry"), field_name="entry_mode", choices=EntryMode.choices)
    industry = filters.ChoiceFilter(
        label=_("Industry"), field_name="enterprise__regulatory_category", choices=RegulatoryCategory.choices
    )
    planned = filters.DateFromToRangeFilter(label=_("Planned for"), field_name="planned_on", widget=days())
    finished = filters.DateFromToRangeFilter(label=_("Finished at"), field_name="finished_at", widget=days())
    inspections = filters.BooleanFilter(label=_("Counts as inspection"), method="is_inspection")
    facts = filters.BooleanFilter(
        label=_("Facts confirmed on site"),
        field_name="facts_confirmed_at",
        lookup_expr="isnull",
        exclude=True,
    )
    mine = filters.BooleanFilter(label=_("I take part"), method="is_mine")
    officer = filters.NumberFilter(label=pgettext_lazy("visit", "Carried out by"), method="by_person")
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")
    county = PlaceFilter(label=_("County or district"), field_name="county_code")
    town = PlaceFilter(label=_("Town or street"), field_name="town_code")

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self.request, "user", None)
        self.filters["place"].extra["choices"] = cache(lambda: places_of(user))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows of a county or a town, by its stored column."""
        return rows.filter(**{COLUMN_OF_LENGTH.get(len(value), "region_id"): value})

    def is_inspection(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep what counts as an administrative inspection, or only what does not."""
        return rows.inspections() if value else rows.exclude(kind__in=ADMINISTRATIVE)

    def is_mine(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep the visits in which the person takes part."""
        user = getattr(self.request, "user", None)
        return rows.filter(pk__in=rows.taken_part_in(user)) if value and user else rows

    def by_person(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Keep the visits in which somebody took part."""
        return rows.filter(pk__in=Participant.objects.filter(user=int(value)).values("visit"))
