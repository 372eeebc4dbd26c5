"""Which hazards: row filters that read as a sentence."""

from datetime import date, timedelta
from typing import Self

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)

from hazards.choices import FOUND_BY_ENTERPRISE, Grade
from regions.querysets import RegionScopedQuerySet
from regions.scope import ScopeFields
from rulebook.places import Places

# A closed set of codes, repeated from the table so that partial indexes can name them.
ENDED_STATES = ("closed", "not_hazard")
# The enterprise has done its part; what is late now is the verification.
WAITING_FOR_REGULATOR = ("verifying", "sampled", "site_review")

# Conditions by themselves, so that a figure counts by the same words as the list filters.
OPEN = ~Q(state__in=ENDED_STATES)
# What a regulator found to be no hazard stays on record but is counted nowhere.
COUNTED = ~Q(state="not_hazard")
RECTIFIED_IN_TIME = Q(state__in=("closed", *WAITING_FOR_REGULATOR), rectified_at__date__lte=F("deadline_on"))


def overdue(on: date) -> Q:
    """Open, its rectification day passed, and nobody has handed it in as rectified: derived, never stored."""
    return OPEN & ~Q(state__in=WAITING_FOR_REGULATOR) & Q(deadline_on__lt=on)


def due(on: date) -> Q:
    """Its rectification day has passed, whatever came of it."""
    return COUNTED & Q(deadline_on__lt=on)


def same_within(on: date) -> Case | Value:
    """Return how long before a hazard the like counts as the same one, by the number of its place (HAZARD_SAME_DAYS)."""
    code = "HAZARD_SAME_DAYS"
    return Places([code], on).expression(
        code, read=lambda number: timedelta(days=int(number.amount)), field=DurationField()
    )


class HazardQuerySet(RegionScopedQuerySet):
    """Hazards, visible by place, by the enterprise's industry, or to the enterprise itself."""

    scope_fields = ScopeFields(
        industry="enterprise__regulatory_category", enterprise="enterprise_id", grid="enterprise__grid_id"
    )

    def open(self) -> Self:
        """Keep what still needs somebody's work."""
        return self.filter(OPEN)

    def major(self) -> Self:
        """Keep major hazards."""
        return self.filter(grade=Grade.MAJOR)

    def overdue(self, on: date) -> Self:
        """Keep open hazards whose rectification day has passed and which nobody has handed in as rectified.

        Overdue is derived, never stored (handbook §5.4).
        """
        return self.filter(overdue(on))

    def due(self, on: date) -> Self:
        """Keep hazards whose rectification day has passed."""
        return self.filter(due(on))

    def rectified_in_time(self) -> Self:
        """Keep hazards handed in as rectified on or before their day, and not sent back since."""
        return self.filter(RECTIFIED_IN_TIME)

    def said_first(self, on: date) -> Self:
        """Leave out what says the same of the same place as an earlier hazard of the enterprise shortly before."""
        rows = self.annotate(_within=same_within(on))
        return rows.filter(~Exists(rows._before("description", "place")))

    def reported_before(self, on: date, *, yes: bool = True) -> Self:
        """Keep hazards of a category of which the enterprise had reported one itself shortly before, or the others."""
        rows = self.annotate(_within=same_within(on))
        own = Exists(rows._before("category").filter(source__in=FOUND_BY_ENTERPRISE))
        return rows.filter(own if yes else ~own)

    def _before(self, *same: str) -> Self:
        """Earlier hazards of the same enterprise that agree in these fields, for a subquery."""
        since = ExpressionWrapper(OuterRef("found_at") - OuterRef("_within"), output_field=DateTimeField())
        earlier = self.model._default_manager.filter(
            COUNTED, found_at__lt=OuterRef("found_at"), found_at__gte=since
        )
        return earlier.filter(**{name: OuterRef(name) for name in ("enterprise", *same)})

    def with_requests(self) -> Self:
        """Say of each row whether more time was ever asked for (`has_requests`)."""
        requests = self.model._meta.get_field("extensions").related_model._default_manager
        return self.annotate(has_requests=Exists(requests.filter(hazard=OuterRef("pk"))))

    def with_list_relations(self) -> Self:
        """Fetch what a list row shows in the same query."""
        return self.select_related("enterprise", "region")


class HazardPartQuerySet(RegionScopedQuerySet):
    """Plans, extensions, reviews and listings: seen by whoever sees the hazard they belong to."""

    scope_fields = ScopeFields(
        prefix="hazard__",
        industry="hazard__enterprise__regulatory_category",
        enterprise="hazard__enterprise_id",
        grid="hazard__enterprise__grid_id",
    )


class ListingPartQuerySet(RegionScopedQuerySet):
    """What belongs to a listing: seen by whoever sees the hazard that is listed."""

    scope_fields = ScopeFields(
        prefix="listing__hazard__",
        industry="listing__hazard__enterprise__regulatory_category",
        enterprise="listing__hazard__enterprise_id",
        grid="listing__hazard__enterprise__grid_id",
    )
