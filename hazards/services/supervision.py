"""What a regulator does beside the record's own way: urge, list for supervision, issue the notice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from deadlines import services as deadlines
from hazards.lifecycle import HAZARD
from hazards.models import Hazard, SupervisionListing
from hazards.paperwork import rectification_notice_facts
from hazards.querysets import ENDED_STATES
from hazards.rules import BELOW_CITY, ended_listing, longest_listing
from hazards.services.listing import LISTING, PUBLISH, PUBLISH_END, REPORT
from lifecycle.refusals import Refusal, VerbRefused
from lifecycle.services import perform
from paperwork.models import IssuedDocument
from paperwork.services import issue


def urge(hazard: Hazard, *, note: str = "", by: User | None, at: datetime) -> Hazard:
    """Remind the enterprise of the open hazard; the message goes out once for each urging."""
    with perform(HAZARD, "urge", hazard, by=by, at=at, reason=note) as row:
        pass
    return row


def list_for_supervision(
    hazard: Hazard,
    *,
    listing: Mapping[str, Any],
    by: User,
    at: datetime,
    version: int | None = None,
) -> Hazard:
    """List a major hazard for supervision by a level of government (AWSL 41).

    It is to be published, reported to the city and removed by its day. Raises ValidationError for a day further away
    than LISTING_MAX.
    """
    with perform(HAZARD, "list_for_supervision", hazard, by=by, at=at, version=version) as row:
        today = localdate(at)
        if listing["deadline_on"] > longest_listing(row, since=today, on=today):
            raise ValidationError({"deadline_on": _("A listing does not last so long.")})
        SupervisionListing.objects.create(
            hazard=row, listing_body=by.organisation, listed_at=at, listed_by=by, **listing
        )
        row.is_listed = True
        deadlines.start(row, LISTING, at=at, due_on=listing["deadline_on"])
        deadlines.start(row, PUBLISH, at=at)
        if listing["level"] in BELOW_CITY:
            deadlines.start(row, REPORT, at=at)
    return row


def delist(
    hazard: Hazard, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> Hazard:
    """Take a closed major hazard off the list."""
    with perform(HAZARD, "delist", hazard, by=by, at=at, reason=reason, version=version) as row:
        row.listings.filter(delisted_at=None).update(delisted_at=at, delisted_by=by, delisting_reason=reason)
        row.is_listed = False
        # What was never made public has no end to be made public.
        deadlines.cancel(row, PUBLISH, at=at)
        if ended_listing(row):
            deadlines.start(row, PUBLISH_END, at=at)
    return row


def issue_notice(hazard: Hazard, *, by: User, at: datetime) -> IssuedDocument:
    """Issue the 隐患整改通知书 of the hazard; the same open hazard gets one notice, however often it is asked for.

    Raises PermissionDenied without the post for it, VerbRefused for a hazard in which nothing is left to be rectified.
    """
    if not may(by, "hazards.issue_notice", hazard):
        raise PermissionDenied
    if hazard.state in ENDED_STATES:
        words = _("The hazard is closed or was none: nothing is left to be ordered.")
        raise VerbRefused(Refusal(words, _("If it has come back, reopen it first.")))
    return issue(
        "hazards.rectification_notice",
        hazard,
        rectification_notice_facts(hazard, by=by, at=at),
        by=by,
        at=at,
        organisation=by.organisation,
        once=True,
    )
