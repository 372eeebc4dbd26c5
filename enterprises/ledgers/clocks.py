"""The clock of a paper that ends some day: it runs up to the last day, and stops when a later paper follows."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.timezone import localdate

from deadlines import services as deadlines
from deadlines.calendar import last_day
from deadlines.models import Deadline
from enterprises.choices import ENDED
from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.reading import current, renewed
from enterprises.ledgers.registry import LEDGERS, of_row
from enterprises.models import LedgerRow

VALIDITY = "enterprises.validity"
BATCH = 2000


def follow(row: LedgerRow, *, at: datetime) -> None:
    """See that the clocks of the row and of the papers of its series run as their days say."""
    ledger = of_row(row)
    if not ledger.warns:
        return
    same = {name: getattr(row, name) for name in ledger.series or ()}
    rows = ledger.model.objects.filter(enterprise=row.enterprise_id, **same)
    for each in rows if ledger.series is not None else rows.filter(pk=row.pk):
        each.enterprise = row.enterprise
        _set(ledger, each, at)


def start(papers: Iterable[tuple[LedgerRow, date]], *, at: datetime) -> int:
    """Start the clocks of papers that were written in a set; return how many."""
    return deadlines.start_many(papers, VALIDITY, at=at)


def forget(row: LedgerRow, *, at: datetime) -> None:
    """Stop the clock of a row that goes, and let the paper before it count again."""
    ledger = of_row(row)
    if not ledger.warns:
        return
    deadlines.cancel(row, VALIDITY, at=at)
    if ledger.series is None:
        return
    same = {name: getattr(row, name) for name in ledger.series}
    others = ledger.model.objects.filter(enterprise=row.enterprise_id, **same).exclude(pk=row.pk)
    newest = others.order_by("-valid_to").first()
    if newest and newest.valid_to >= localdate(at) and deadlines.running(newest, VALIDITY) is None:
        newest.enterprise = row.enterprise
        deadlines.start(newest, VALIDITY, at=at, due_on=newest.valid_to)


def _set(ledger: Ledger, row: LedgerRow, at: datetime) -> None:
    last, runs = getattr(row, ledger.expiry), deadlines.running(row, VALIDITY)
    if last is None:
        deadlines.cancel(row, VALIDITY, at=at)
    elif not current(ledger, ledger.model.objects.filter(pk=row.pk)).exists():
        deadlines.settle(row, VALIDITY, at=at)
    elif runs is None or last_day(runs.due_at) != last:
        if last >= localdate(at):
            deadlines.start(row, VALIDITY, at=at, due_on=last)
        else:
            deadlines.cancel(row, VALIDITY, at=at)


def without_clock(ledger: Ledger, at: datetime) -> QuerySet:
    """Return rows whose last day is still to come and whose clock does not run: they came by an import."""
    kind = ContentType.objects.get_for_model(ledger.model)
    clock = Deadline.objects.filter(
        target_type=kind, target_id=OuterRef("pk"), rule=VALIDITY, settled_at=None
    )
    rows = ledger.model.objects.filter(**{f"{ledger.expiry}__gte": localdate(at)}).filter(~Exists(clock))
    rows = rows.exclude(enterprise__operating_status__in=ENDED)
    return current(ledger, rows).select_related("enterprise").order_by(F(ledger.expiry), "pk")


def astray(ledger: Ledger) -> QuerySet:
    """Return rows whose clock runs to another day than the row says, or although a later paper has come."""
    kind = ContentType.objects.get_for_model(ledger.model)
    clock = Deadline.objects.filter(
        target_type=kind, target_id=OuterRef("pk"), rule=VALIDITY, settled_at=None
    )
    # A clock ends with the first moment of the next day.
    next_day = ExpressionWrapper(F(ledger.expiry) + Value(timedelta(days=1)), output_field=DateField())
    rows = ledger.model.objects.annotate(due=Subquery(clock.values("due_at")[:1])).exclude(due=None)
    wrong = ~Q(due__date=next_day)
    if ledger.series is not None:
        wrong |= Q(renewed(ledger))
    return rows.filter(wrong).select_related("enterprise")


def catch_up(*, at: datetime, limit: int = BATCH) -> int:
    """Start the clocks that are missing, the first to end before the others, and set those right that go astray.

    Rows that came by an import have no clock, and what it corrected may have moved a day. Returns how many were set.
    """
    done = 0
    for ledger in LEDGERS:
        if not ledger.warns or done >= limit:
            continue
        for row in astray(ledger)[: limit - done]:
            _set(ledger, row, at)
            done += 1
        rows = list(without_clock(ledger, at)[: limit - done])
        done += deadlines.start_many([(row, getattr(row, ledger.expiry)) for row in rows], VALIDITY, at=at)
    return done
