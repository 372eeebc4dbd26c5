"""How many hazards each county has listed this quarter, beside what is asked of it (LISTING_PER_QUARTER, handbook §5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from deadlines.calendar import add_months
from hazards.choices import ListingLevel
from hazards.models import SupervisionListing
from hazards.periods import Period
from regions.models import Region, RegionLevel
from rulebook.places import Places, whole

WANTED = "LISTING_PER_QUARTER"


@dataclass(frozen=True)
class Quarter:
    """What one county has listed in the quarter, of how many industries, and the list of exactly these."""

    name: str
    listed: int
    industries: int
    wanted: int
    url: str

    @property
    def is_enough(self) -> bool:
        """As many as asked for, and each of another industry."""
        return min(self.listed, self.industries) >= self.wanted


def quarter_of(today: date) -> Period:
    """Return the quarter in which the day lies."""
    first = today.replace(day=1, month=today.month - (today.month - 1) % 3)
    return Period(first, Period.month(add_months(first, 2), today=today).last, today)


def this_quarter(user: User, today: date) -> list[Quarter]:
    """Return the counties that the person watches over, those that lack most first; a town watches over none."""
    counties = Region.objects.visible_to(user).filter(level=RegionLevel.COUNTY)
    names = dict(counties.values_list("code", "name"))
    if not names:
        return []
    quarter, numbers = quarter_of(today), Places([WANTED], today)
    rows = SupervisionListing.objects.visible_to(user).filter(
        quarter.holds("listed_at"), level=ListingLevel.COUNTY, hazard__county_code__in=names
    )
    counted = (
        rows.order_by()
        .values_list("hazard__county_code")
        .annotate(Count("pk"), Count("hazard__enterprise__regulatory_category", distinct=True))
    )
    found = {code: (listed, industries) for code, listed, industries in counted}
    made = [
        Quarter(name, *found.get(code, (0, 0)), whole(numbers.of(WANTED, code)), address(code, quarter))
        for code, name in names.items()
    ]
    return sorted(made, key=lambda each: (each.listed - each.wanted, each.name))


def address(county: str, quarter: Period) -> str:
    """Return the list of what a county listed in the quarter."""
    asked = {
        "level": ListingLevel.COUNTY.value,
        "county": county,
        "listed_after": quarter.first,
        "listed_before": quarter.last,
    }
    return f"{reverse('hazards:listings')}?{urlencode(asked)}"
