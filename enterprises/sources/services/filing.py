"""Assessment, filing with the authority, and deregistration (O40; AWSL 40)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from accounts.models import User
from attachments.services import attach
from deadlines import services as deadlines
from deadlines.almanac import working_days
from deadlines.calendar import add
from enterprises.models import SourceUnit
from enterprises.sources.lifecycle import REASSESS, SOURCE
from lifecycle.services import perform
from rulebook.services import parameter

FILE = "enterprises.source_file"


def assess_source(
    unit: SourceUnit,
    *,
    assessed_on: date,
    agency: str,
    report: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> SourceUnit:
    """Enter the assessment report; the days for filing count from the day on which it was completed (O40).

    Raises ValidationError when the report lies in the future or is older than the one before.
    """
    with perform(SOURCE, "assess_source", unit, by=by, at=at, version=version) as row:
        refuse_wrong_day(row, assessed_on, localdate(at))
        row.assessed_on, row.assessment_agency = assessed_on, agency
        row.next_review_on = next_review(row, assessed_on)
        row.updated_at = at
        attach(report, row, by=by)
        deadlines.start(row, FILE, at=morning(assessed_on))
    return row


def refuse_wrong_day(unit: SourceUnit, assessed_on: date, today: date) -> None:
    """Refuse a report that is not written yet, or that is no newer than the one it replaces."""
    if assessed_on > today:
        raise ValidationError({"assessed_on": _("The report lies in the future.")})
    if unit.assessed_on and assessed_on <= unit.assessed_on:
        raise ValidationError({"assessed_on": _("The report is no newer than the one before.")})


def next_review(unit: SourceUnit, assessed_on: date) -> date:
    """Return the last day on which the assessment still holds."""
    number = parameter("MHS_REASSESS", on=assessed_on, region=unit.region_id)
    return add(assessed_on, int(number.amount), number.unit, working_days(), moves_off_holiday=False)


def morning(day: date) -> datetime:
    """Return the moment at which a day begins."""
    return make_aware(datetime.combine(day, time()))


def add_source_material(
    unit: SourceUnit,
    *,
    material: str,
    files: Sequence[int],
    by: User | None,
    at: datetime,
) -> SourceUnit:
    """Add files to one line of the filing materials; another one added meanwhile does not stand in the way."""
    data = {"material": material}
    with perform(SOURCE, "add_source_material", unit, by=by, at=at, data=data) as row:
        attach(files, row, by=by)
    return row


def submit_source_filing(
    unit: SourceUnit, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> SourceUnit:
    """Hand in the filing: the enterprise has done its part in time or not, and the authority's clock starts."""
    with perform(SOURCE, "submit_source_filing", unit, by=by, at=at, reason=note, version=version) as row:
        row.updated_at = at
    return row


def file_source(
    unit: SourceUnit,
    *,
    number: str,
    note: str = "",
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> SourceUnit:
    """Put the source on file under a number; from here its next assessment is watched (AWSL 40)."""
    try:
        with (
            transaction.atomic(),
            perform(SOURCE, "file_source", unit, by=by, at=at, reason=note, version=version) as row,
        ):
            row.filing_number, row.filed_on, row.updated_at = number, localdate(at), at
            deadlines.start(row, REASSESS, at=morning(row.assessed_on))
    except IntegrityError as error:
        raise ValidationError({"number": _("This filing number is taken.")}) from error
    return row


def propose_number(unit: SourceUnit, *, on: date) -> str:
    """Return the next filing number of the county and year as bureaus write it; the officer may write another."""
    head = f"BA{unit.region_id[:6].ljust(6, '0')}〔{on.year}〕"
    used = SourceUnit.objects.filter(filing_number__startswith=head).values_list("filing_number", flat=True)
    serials = [int(tail) for number in used if (tail := number.removeprefix(head)).isdecimal()]
    return f"{head}{max(serials, default=0) + 1:03d}"


def return_source_filing(
    unit: SourceUnit, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> SourceUnit:
    """Return the filing with what is wrong in it."""
    with perform(SOURCE, "return_source_filing", unit, by=by, at=at, reason=reason, version=version) as row:
        row.updated_at = at
    return row


def request_source_cancel(
    unit: SourceUnit,
    *,
    reason: str,
    report: Sequence[int] = (),
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> SourceUnit:
    """Ask that the source be taken off the file, with the report that it is none any more (O40)."""
    with perform(SOURCE, "request_source_cancel", unit, by=by, at=at, reason=reason, version=version) as row:
        row.cancel_asked_at = row.updated_at = at
        attach(report, row, by=by)
    return row


def grant_source_cancel(
    unit: SourceUnit, *, note: str = "", by: User | None, at: datetime, version: int | None = None
) -> SourceUnit:
    """Take the source off the file for good."""
    with perform(SOURCE, "grant_source_cancel", unit, by=by, at=at, reason=note, version=version) as row:
        row.updated_at = at
    return row


def refuse_source_cancel(
    unit: SourceUnit, *, reason: str, by: User | None, at: datetime, version: int | None = None
) -> SourceUnit:
    """Keep the source on file, with the reason."""
    with perform(SOURCE, "refuse_source_cancel", unit, by=by, at=at, reason=reason, version=version) as row:
        row.cancel_asked_at, row.updated_at = None, at
    return row
