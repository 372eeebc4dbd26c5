"""What the guards of governance and listing ask: is a change of plan waiting, where does the listing stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import EnforcementCertificate, User
from deadlines.almanac import working_days
from deadlines.calendar import Unit, add
from hazards.choices import ListingLevel
from hazards.models import GovernancePlan, Hazard, SupervisionListing
from lifecycle.table import Refusal
from rulebook.places import Places, whole
from rulebook.services import parameter

# What these levels list is reported to the city's safety committee office (LISTING_REPORT).
BELOW_CITY = (ListingLevel.COUNTY, ListingLevel.TOWN)


def waiting_change(hazard: Hazard) -> GovernancePlan | None:
    """Return the change of the plan that waits for its review, if there is one."""
    newest = hazard.plans.first()
    return newest if newest and newest.change_reason and not newest.decision else None


def open_listing(hazard: Hazard) -> SupervisionListing | None:
    """Return the listing under which the hazard stands now."""
    return hazard.listings.filter(delisted_at=None).first() if hazard.is_listed else None


def ended_listing(hazard: Hazard) -> SupervisionListing | None:
    """Return the published listing whose end has not been published yet."""
    ended = hazard.listings.filter(delisted_at__isnull=False, published_at__isnull=False)
    return ended.filter(delisting_published_at=None).first()


def no_change_waiting(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """One change of plan is decided before the next step."""
    if waiting_change(hazard) is None:
        return None
    return Refusal(
        _("A change of the plan is under review."),
        _("Wait for the decision; the approved plan holds until then."),
    )


def change_waiting(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """There is something to decide only while a change waits."""
    if waiting_change(hazard):
        return None
    return Refusal(_("No change of the plan waits for review."), hides=True)


def unreported(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """A listing of a county or town is reported to the city once."""
    listing = open_listing(hazard)
    if listing and listing.level in BELOW_CITY and listing.reported_at is None:
        return None
    return Refusal(_("There is no listing to report to the city."), hides=True)


def unpublished(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """A listing is published once."""
    listing = open_listing(hazard)
    if listing and listing.published_at is None:
        return None
    return Refusal(_("There is no listing to publish."), hides=True)


def delisting_unpublished(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """The end of a published listing is published too."""
    if hazard.is_major and ended_listing(hazard):
        return None
    return Refusal(_("There is no delisting to publish."), hides=True)


def extension_in_time(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """More time for a listing is asked for well before its day (LISTING_EXTENSION_REQUEST)."""
    listing = open_listing(hazard)
    if listing is None:
        return Refusal(_("The hazard is not under supervision listing."), hides=True)
    if listing.extensions.filter(granted=None).exists():
        return Refusal(_("The request for more time is under review."), _("Wait for the decision."))
    today = localdate(at)
    days = int(parameter("LISTING_EXTENSION_REQUEST", on=today, region=hazard.region_id).amount)
    if working_days().step(today, days) <= listing.deadline_on:
        return None
    words = ngettext(
        "The listing ends in less than %(n)d working day.",
        "The listing ends in less than %(n)d working days.",
        days,
    )
    return Refusal(words % {"n": days}, _("More time is asked for before that."))


def listing_extension_waiting(hazard: Hazard, actor: User | None, at: datetime) -> Refusal | None:
    """There is something to answer only while a request waits."""
    listing = open_listing(hazard)
    if listing and listing.extensions.filter(granted=None).exists():
        return None
    return Refusal(_("No request for more time waits."), hides=True)


def longest_listing(hazard: Hazard, *, since: date, on: date) -> date:
    """Return the last day that a listing may have, counted from `since` (LISTING_MAX)."""
    limit = parameter("LISTING_MAX", on=on, region=hazard.region_id)
    return add(since, int(limit.amount), Unit(limit.unit), working_days(), moves_off_holiday=False)


def officers_on_site(hazard: Hazard, *, on: date) -> int:
    """Return how many officers review on site: what the law wants (APL 42), and what a listing wants (§5.5)."""
    codes = ("OFFICERS_MIN", "LISTING_OFFICERS") if hazard.is_listed else ("OFFICERS_MIN",)
    numbers = Places(codes, on)
    return max(whole(numbers.of(code, hazard.region_id)) for code in codes)


def certified(officers: Iterable[User], *, on: date) -> int:
    """Count those whose enforcement certificate is valid on the day (APL 42)."""
    valid = EnforcementCertificate.objects.valid_on(on).filter(user__in=list(officers))
    return valid.values("user").distinct().count()
