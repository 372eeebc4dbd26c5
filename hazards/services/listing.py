"""A listing for supervision after it was made: told to the city, made public, prolonged, and its end made public."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from deadlines import services as deadlines
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, ListingExtension
from hazards.rules import ended_listing, longest_listing, open_listing
from lifecycle.services import perform

LISTING, DECIDE = "hazards.listing", "hazards.decide_listing"
PUBLISH, PUBLISH_END = "hazards.publish_listing", "hazards.publish_delisting"
REPORT = "hazards.report_listing"


def report_listing(
    hazard: Hazard, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> Hazard:
    """Report the listing of a county or town to the city (LISTING_REPORT)."""
    with perform(HAZARD, "report_listing", hazard, by=by, at=at, reason=note, version=version) as row:
        listing = open_listing(row)
        listing.reported_at, listing.reported_by = at, by
        listing.save(update_fields=["reported_at", "reported_by"])
        deadlines.settle(row, REPORT, at=at)
    return row


def publish_listing(
    hazard: Hazard, *, public_text: str, by: User, at: datetime, version: int | None = None
) -> Hazard:
    """Make the listing public in these words: from now on it stands on the page that anyone may read (handbook §2.4)."""
    if not public_text.strip():
        raise ValidationError({"public_text": _("Say what the public is to read.")})
    with perform(HAZARD, "publish_listing", hazard, by=by, at=at, version=version) as row:
        listing = open_listing(row)
        listing.public_text, listing.published_at, listing.published_by = public_text.strip(), at, by
        listing.save(update_fields=["public_text", "published_at", "published_by"])
        deadlines.settle(row, PUBLISH, at=at)
    return row


def publish_delisting(hazard: Hazard, *, by: User, at: datetime, version: int | None = None) -> Hazard:
    """Make public that the hazard is removed and off the list."""
    with perform(HAZARD, "publish_delisting", hazard, by=by, at=at, version=version) as row:
        listing = ended_listing(row)
        listing.delisting_published_at, listing.delisting_published_by = at, by
        listing.save(update_fields=["delisting_published_at", "delisting_published_by"])
        deadlines.settle(row, PUBLISH_END, at=at)
    return row


def ask_listing_extension(
    hazard: Hazard,
    *,
    requested_on: date,
    reason: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Ask for a later day of the listing, well before the present one (LISTING_EXTENSION_REQUEST)."""
    with perform(
        HAZARD, "ask_listing_extension", hazard, by=by, at=at, reason=reason, version=version
    ) as row:
        listing = open_listing(row)
        if requested_on <= listing.deadline_on:
            raise ValidationError({"requested_on": _("The new day must be later than the present deadline.")})
        ListingExtension.objects.create(
            listing=listing,
            reason=reason,
            old_deadline_on=listing.deadline_on,
            requested_on=requested_on,
            asked_by=by,
            asked_at=at,
        )
        deadlines.start(row, DECIDE, at=at)
    return row


def grant_listing_extension(
    hazard: Hazard,
    *,
    granted_on: date,
    note: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """Grant the listing a later day, not after the one asked for, nor longer than LISTING_MAX after the old one."""
    with perform(
        HAZARD, "grant_listing_extension", hazard, by=by, at=at, reason=note, version=version
    ) as row:
        listing = open_listing(row)
        request = listing.extensions.get(granted=None)
        longest = longest_listing(row, since=request.old_deadline_on, on=localdate(at))
        if not request.old_deadline_on < granted_on <= min(request.requested_on, longest):
            words = _("The day must lie after the present deadline and not after the day asked for.")
            raise ValidationError({"granted_on": words})
        answer(request, granted=True, granted_on=granted_on, reason=note, by=by, at=at)
        listing.deadline_on = granted_on
        listing.save(update_fields=["deadline_on"])
        deadlines.settle(row, DECIDE, at=at)
        if running := deadlines.running(row, LISTING):
            deadlines.extend(running, due_on=granted_on, by=by, at=at, reason=request.reason)
        else:
            deadlines.start(row, LISTING, at=at, due_on=granted_on)
    return row


def refuse_listing_extension(
    hazard: Hazard, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Hazard:
    """Refuse the later day; the listing ends when it was to end."""
    with perform(
        HAZARD, "refuse_listing_extension", hazard, by=by, at=at, reason=reason, version=version
    ) as row:
        request = open_listing(row).extensions.get(granted=None)
        answer(request, granted=False, granted_on=None, reason=reason, by=by, at=at)
        deadlines.settle(row, DECIDE, at=at)
    return row


def answer(
    request: ListingExtension,
    *,
    granted: bool,
    granted_on: date | None,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Write the answer on the request."""
    request.granted, request.granted_on, request.decision_reason = granted, granted_on, reason
    request.decided_by, request.decided_at = by, at
    request.save()
