"""A stop by the enterprise's own decision: asked for, seen on site, looked at again every month (handbook §3.5)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from deadlines import services as deadlines
from deadlines.sets import start_set, without_clock
from enterprises.choices import STOPPED
from enterprises.life.open_items import open_stop
from enterprises.life.status import Evidence, settle_stop, step
from enterprises.life.tables import ENTERPRISE, RECHECK, SEASON
from enterprises.models import Enterprise, StopKind, StopOutcome, StopRequest
from lifecycle.services import perform

BATCH = 2_000
# What a clock copies of the record it runs on.
PLACE = ("region_id", "regulatory_category", "grid_id")


def ask_to_stop(
    enterprise: Enterprise,
    *,
    kind: str,
    stop_on: date,
    reason: str,
    planned_until: date | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Say that the enterprise stops; the status changes only after the look on site. A season has its last day."""
    with perform(ENTERPRISE, "ask_to_stop", enterprise, by=by, at=at, reason=reason, version=version) as row:
        if kind == StopKind.SEASONAL and planned_until is None:
            raise ValidationError({"planned_until": _("Say until when the season's stop lasts.")})
        if planned_until and planned_until <= max(stop_on, localdate(at)):
            raise ValidationError(
                {"planned_until": _("The stop must end after it begins, and not in the past.")}
            )
        StopRequest.objects.create(
            enterprise=row,
            kind=kind,
            stop_on=stop_on,
            planned_until=planned_until,
            reason=reason,
            asked_by=by,
            asked_at=at,
        )
    return row


def verify_stop(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Confirm on site, with photos, that work has stopped; from now on it is looked at again every month."""
    with _seen(enterprise, "verify_stop", evidence, by=by, at=at, version=version) as row:
        settle_stop(open_stop(row), StopOutcome.VERIFIED, by=by, at=at, reason=evidence.note)
        row.planned_until = None
        row.stop_checked_until = deadlines.start(row, RECHECK, at=at).due_on
        _forget(row)
    return row


def verify_season(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Confirm on site, with photos, that work has stopped for the season, until its planned last day."""
    with _seen(enterprise, "verify_season", evidence, by=by, at=at, version=version) as row:
        request = open_stop(row)
        settle_stop(request, StopOutcome.VERIFIED, by=by, at=at, reason=evidence.note)
        row.planned_until = row.stop_checked_until = request.planned_until
        deadlines.start(row, SEASON, at=at, due_on=request.planned_until)
        _forget(row)
    return row


def refuse_stop(
    enterprise: Enterprise, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Answer that the enterprise is found working: its status and its duties stay."""
    with perform(ENTERPRISE, "refuse_stop", enterprise, by=by, at=at, reason=reason, version=version) as row:
        settle_stop(open_stop(row), StopOutcome.REFUSED, by=by, at=at, reason=reason)
    return row


def withdraw_stop(
    enterprise: Enterprise, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Take back a stop that nobody has looked at yet."""
    with perform(ENTERPRISE, "withdraw_stop", enterprise, by=by, at=at, reason=note, version=version) as row:
        settle_stop(open_stop(row), StopOutcome.WITHDRAWN, by=by, at=at, reason=note)
    return row


def recheck_stop(
    enterprise: Enterprise, *, evidence: Evidence, by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Confirm on site, with photos, that work still stands; the next look is a month away."""
    with _seen(enterprise, "recheck_stop", evidence, by=by, at=at, version=version) as row:
        row.stop_checked_until = deadlines.start(row, RECHECK, at=at).due_on
    return row


def start_missing_clocks(*, at: datetime) -> int:
    """Start the clocks of stops that came with an import, a batch at a time; return how many.

    Doing it twice does nothing. A season ends on the day that its row says, or today where that has passed.
    """
    rows = Enterprise.objects.filter(operating_status__in=STOPPED)
    started = start_set(rows.exclude(operating_status="seasonal"), RECHECK, at=at, label="name")
    seasons = rows.filter(operating_status="seasonal", planned_until__isnull=False)
    today = localdate(at)
    left = without_clock(seasons, SEASON).only("name", "planned_until", *PLACE)
    for batch in batched(left.iterator(chunk_size=BATCH), BATCH):
        started += deadlines.start_many(
            [(row, max(row.planned_until, today)) for row in batch], SEASON, at=at
        )
    return started


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Give the rows in lists of this length, the last one shorter."""
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def _seen(enterprise: Enterprise, verb: str, evidence: Evidence, **who: object):  # noqa: ANN202 - as `step`
    """Do a step that a person saw on site: it is nothing without photos."""
    return step(enterprise, verb, evidence, needs=_("Add photos taken on site."), **who)


def _forget(row: Enterprise) -> None:
    """Let what was read before the decision be read again."""
    row.__dict__.pop("_life", None)
