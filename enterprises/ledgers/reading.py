"""What the page of an enterprise shows of its ledgers: everything from one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, DateField, Exists, F, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.registry import LEDGERS, of_group
from enterprises.models import Enterprise

# Stand for the key of the enterprise: in the statement that is written once, in the addresses that are resolved once.
NOBODY = -1
STAND_IN = 987654321


@dataclass(frozen=True)
class Total:
    """A ledger in figures: its rows, those with the flag, and the first last day among rows that count today."""

    ledger: Ledger
    rows: int = 0
    flagged: int = 0
    ends_on: date | None = None


@dataclass(frozen=True)
class Fact:
    """One line about a ledger: what it is called, what it says, and its page; `is_over` if a row has ended."""

    label: Any
    words: str
    url: str
    rows: int
    ends_on: date | None = None
    is_over: bool = False


def renewed(ledger: Ledger) -> Exists:
    """Return the condition that a later paper of the same series is on file."""
    same = {name: OuterRef(name) for name in ("enterprise_id", *(ledger.series or ()))}
    return Exists(ledger.model._base_manager.filter(valid_from__gt=OuterRef("valid_to"), **same))


def current(ledger: Ledger, rows: QuerySet) -> QuerySet:
    """Keep rows that no later one has replaced."""
    return rows if ledger.series is None else rows.filter(~renewed(ledger))


def tally(ledger: Ledger, enterprise: int) -> QuerySet:
    """Return one row of the union for the enterprise of that key: code, number, number with the flag, first last day."""
    rows = ledger.model._base_manager.filter(enterprise_id=enterprise).order_by()
    last = F(ledger.expiry) if ledger.expiry else Cast(Value(None), DateField())
    if ledger.series is not None:
        rows = rows.annotate(is_renewed=renewed(ledger))
    counted = ~Q(is_renewed=True) if ledger.series is not None else None
    return (
        rows.annotate(of_ledger=Value(ledger.code, output_field=CharField()), last_day=last)
        .values("of_ledger")
        .annotate(
            all_rows=Count("pk"),
            flagged_rows=Count("pk", filter=Q(**{ledger.flag: True}) if ledger.flag else Q(pk__isnull=True)),
            first_end=Min("last_day", filter=counted),
        )
        .values_list("of_ledger", "all_rows", "flagged_rows", "first_end")
    )


def totals(enterprise: Enterprise) -> dict[str, Total]:
    """Return every ledger of the enterprise in figures, by its code: one query, asked once for the record at hand."""
    return _once(enterprise, "_ledger_totals", lambda: _totals(enterprise))


def counts(enterprise: Enterprise) -> dict[str, int]:
    """Return the number of rows of each ledger by its code: one query, however many ledgers."""
    return {code: total.rows for code, total in totals(enterprise).items()}


def summary(enterprise: Enterprise, group: str, *, on: date) -> list[Fact]:
    """Return a line for each ledger of the group that has rows; no further query after `counts`."""
    found = totals(enterprise)
    return [fact(found[ledger.code], enterprise, on) for ledger in of_group(group) if found[ledger.code].rows]


def untouched(enterprise: Enterprise, group: str) -> list[Fact]:
    """Return the ledgers of the group in which nothing stands; no further query after `counts`."""
    found = totals(enterprise)
    return [fact(found[each.code], enterprise, None) for each in of_group(group) if not found[each.code].rows]


def expiring(enterprise: Enterprise, *, on: date) -> list[Fact]:
    """Return the ledgers of papers that end some day, the first to end at the top."""
    found = [total for total in totals(enterprise).values() if total.ledger.warns and total.ends_on]
    return [fact(total, enterprise, on) for total in sorted(found, key=lambda total: total.ends_on)]


def fact(total: Total, enterprise: Enterprise, on: date | None) -> Fact:
    """Put a ledger into words, as they are said on a day."""
    ledger, is_over = total.ledger, bool(on and total.ends_on and total.ends_on < on)
    parts = [_("%(n)d on file") % {"n": total.rows}]
    if total.flagged:
        parts.append(f"{ledger.label(ledger.flag)} {total.flagged}")
    if total.ends_on:
        said = _("first ended on %(day)s") if is_over else _("first until %(day)s")
        parts.append(said % {"day": formats.date_format(total.ends_on, "Y-m-d")})
    address = _address(enterprise.pk, ledger.code)
    return Fact(ledger.title, " · ".join(parts), address, total.rows, total.ends_on, is_over)


def _address(enterprise: int, code: str) -> str:
    """Return the page of a ledger; a file has two dozen of them, so the pattern is resolved once for each."""
    head, tail = _address_parts(code)
    return f"{head}{enterprise}{tail}"


@cache
def _address_parts(code: str) -> tuple[str, str]:
    """Return what stands before and after the key of the enterprise."""
    head, _key, tail = reverse("enterprises:ledger", args=[STAND_IN, code]).partition(str(STAND_IN))
    return head, tail


def _totals(enterprise: Enterprise) -> dict[str, Total]:
    statement, parameters = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [enterprise.pk if each == NOBODY else each for each in parameters])
        told = {code: numbers for code, *numbers in cursor.fetchall()}
    return {ledger.code: Total(ledger, *told.get(ledger.code, ())) for ledger in LEDGERS}


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Return the union as text and its parameters, with `NOBODY` wherever the key of an enterprise goes.

    It is the same on every page but for that key, and takes longer to put together than to be answered.
    """
    first, *others = (tally(ledger, NOBODY) for ledger in LEDGERS)
    return first.union(*others, all=True).query.sql_with_params()


def _once(enterprise: Enterprise, name: str, read: Callable[[], Any]) -> Any:
    if name not in enterprise.__dict__:
        enterprise.__dict__[name] = read()
    return enterprise.__dict__[name]
