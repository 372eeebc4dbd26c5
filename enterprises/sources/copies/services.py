"""Copies fall due by the clock after each period, and are sent by a person, with a list that is kept as it was."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from attachments.models import Attachment
from enterprises.models import SourceCopy, SourceUnit
from enterprises.models.source_copies import CopyLevel
from enterprises.sources.copies.lifecycle import SOURCE_COPY
from enterprises.sources.copies.paperwork import KIND, FiledSource, copy_facts, day_after, filed_source
from enterprises.sources.materials import MATERIALS
from enterprises.sources.periods import period_of
from lifecycle.services import begin, perform
from paperwork.models import IssuedDocument
from paperwork.services import issue
from rulebook.services import parameter

# level → the stored column of the sender's place, the rulebook's codes of the lowest grade and of the months of a period
SENT = {
    CopyLevel.CITY: ("county_code", "MHS_COPY_CITY_GRADE", "MHS_COPY_CITY_MONTHS"),
    CopyLevel.PROVINCE: ("city_code", "MHS_COPY_PROVINCE_GRADE", "MHS_COPY_PROVINCE_MONTHS"),
}


def open_source_copies(*, at: datetime) -> int:
    """Let the copies of the period before fall due at every place that put such sources on file; return how many.

    A second run on the same day, or at the same time, adds nothing. Where nothing was put on file nothing is owed.
    """
    return sum(
        open_source_copy(level, place, at=at) is not None
        for level in CopyLevel
        for place in places_with_filings(level, at)
    )


def places_with_filings(level: str, at: datetime) -> list[str]:
    """Return the counties or cities in which anything was put on file lately, whatever its grade."""
    column, _grade, _months = SENT[level]
    since = localdate(at) - timedelta(days=2 * 366)
    rows = SourceUnit.objects.filter(filed_on__gte=since).order_by()
    return sorted(set(rows.values_list(f"enterprise__{column}", flat=True)))


def open_source_copy(level: str, place: str, *, at: datetime) -> SourceCopy | None:
    """Let the copy of one place fall due, or return None if there is nothing to send or it is there already."""
    today = localdate(at)
    months = int(parameter(SENT[level][2], on=today, region=place).amount)
    first, after = period_of(today, months, back=True)
    known = SourceCopy.objects.filter(region=place, level=level, first_day=first)
    if known.exists() or not filed_between(level, place, first, after).exists():
        return None
    copy = SourceCopy(region_id=place, level=level, first_day=first, last_day=after - timedelta(days=1))
    try:
        with transaction.atomic():
            return begin(SOURCE_COPY, "open_source_copy", copy, by=None, at=at)
    except IntegrityError:
        # Another worker was faster.
        return None


def filed_between(level: str, place: str, first: date, after: date) -> QuerySet[SourceUnit]:
    """Return the sources of the grades that are copied, put on file in the place within the days; deregistered ones too."""
    column, _grade, _months = SENT[level]
    rows = SourceUnit.objects.filter(
        filed_on__gte=first, filed_on__lt=after, grade__lte=lowest_grade(level, place, after)
    )
    return rows.filter(**{f"enterprise__{column}": place}).order_by("grade", "filing_number")


def lowest_grade(level: str, place: str, on: date) -> int:
    """Return the lowest grade that is copied."""
    return int(parameter(SENT[level][1], on=on, region=place).amount)


def sources_of(copy: SourceCopy) -> tuple[FiledSource, ...]:
    """Return the sources of a copy: as they were sent, or as they would be sent now."""
    sent = IssuedDocument.objects.about(copy).standing().filter(kind=KIND).first() if copy.sent_at else None
    if sent:
        return tuple(FiledSource(**line) for line in sent.facts["sources"])
    rows = filed_between(copy.level, copy.region_id, copy.first_day, day_after(copy))
    units = list(rows.select_related("enterprise").prefetch_related("substances"))
    counted = count_materials(units)
    return tuple(filed_source(unit, counted[unit.pk]) for unit in units)


def count_materials(units: list[SourceUnit]) -> Counter[int]:
    """Return how many files of its filing each unit has."""
    files = Attachment.objects.filter(
        target_type=ContentType.objects.get_for_model(SourceUnit),
        target_id__in=[unit.pk for unit in units],
        purpose__in=[material.purpose for material in MATERIALS],
    ).exclude(scan_state="refused")
    return Counter(files.values_list("target_id", flat=True))


def send_source_copy(
    copy: SourceCopy, *, by: User | None, at: datetime, version: int | None = None
) -> SourceCopy:
    """Send the filings of the period to the next level, with a numbered list that keeps what was sent (O40).

    Raises VerbRefused for whoever is of another level, ValidationError where the organisation has no document mark.
    """
    with perform(SOURCE_COPY, "send_source_copy", copy, by=by, at=at, version=version) as row:
        sources = sources_of(row)
        grade = lowest_grade(row.level, row.region_id, day_after(row))
        facts = copy_facts(row, sources, grade, by=by, at=at)
        issue(KIND, row, facts, by=by, at=at, organisation=by.organisation, once=True)
        row.sent_by, row.sent_at, row.filings = by, at, len(sources)
    return row
