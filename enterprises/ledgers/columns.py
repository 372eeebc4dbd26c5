"""The columns of a ledger: on the page of an enterprise, in the list of all, and in the export."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import BooleanField, DateTimeField, DecimalField, IntegerField
from django.utils.functional import lazy
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.masking import mask_phone
from enterprises.ledgers.declaration import Ledger
from listings.columns import Column, display, in_words, link, linked


@cache
def columns_of(ledger: Ledger) -> tuple[Column, ...]:
    """Return the columns of the fields, what names the row first."""
    return tuple(_column(ledger, each, first=place == 0) for place, each in enumerate(ledger.fields))


@cache
def list_columns_of(ledger: Ledger) -> tuple[Column, ...]:
    """Return the columns of the list of all enterprises: whose row it is, then what it says."""
    whose = (
        Column(
            "enterprise_name",
            gettext_lazy("Enterprise name"),
            "enterprise.name",
            html=_ledger_link,
            css="sw-party",
        ),
        Column("uscc", gettext_lazy("Code"), "enterprise.uscc", css="sw-id", default=False),
        Column("town", gettext_lazy("Town"), lambda row: row.town_name, css="sw-nowrap"),
    )
    return (*columns_of(ledger)[:1], *whose, *columns_of(ledger)[1:])


def _capital(field: Any) -> str:
    return capfirst(str(field.verbose_name))


capital = lazy(_capital, str)


def _ledger_link(row: Any) -> SafeString:
    return linked("enterprises:detail", "enterprise.name", "enterprise_id")(row)


def _column(ledger: Ledger, each: Any, *, first: bool) -> Column:
    facts: dict[str, Any] = {
        "name": each.name,
        "label": capital(each),
        "value": each.name,
        "default": first or each.name not in (*ledger.less, "note"),
        "row_label": not first,
    }
    if first and each.choices:
        facts["value"] = display(each.name)
    if first:
        return Column(**facts, css="sw-what", html=_row_link(each))
    if each.choices:
        return Column(**{**facts, "value": display(each.name)}, css="sw-nowrap")
    if each.name == "phone":
        return Column(**{**facts, "value": lambda row: mask_phone(row.phone)}, css="sw-nowrap")
    if each.name == ledger.expiry:
        return Column(
            **facts, sort=each.name if ledger.warns else "", css="sw-nowrap", html=_last_day(each.name)
        )
    if isinstance(each, DateTimeField):
        return Column(**facts, css="sw-nowrap", html=_moment(each.name))
    if isinstance(each, BooleanField):
        return Column(**facts, css="sw-nowrap")
    if isinstance(each, IntegerField | DecimalField) and each.name != "year":
        return Column(**facts, css="sw-num")
    return Column(**facts)


def _row_link(each: Any) -> Any:
    words = display(each.name) if each.choices else None

    def html(row: Any) -> SafeString:
        return link(row.get_absolute_url(), words(row) if words else in_words(getattr(row, each.name)))

    return html


def _moment(name: str) -> Any:
    def html(row: Any) -> SafeString:
        moment = getattr(row, name)
        return mark_safe(localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "")  # noqa: S308 - digits

    return html


def _last_day(name: str) -> Any:
    def html(row: Any) -> SafeString:
        day = getattr(row, name)
        if day is None:
            return mark_safe("")
        sign = sign_of(day, localdate(), row.soon_days)
        return mark_safe(f"{conditional_escape(day.isoformat())}{sign}")  # noqa: S308 - both escaped

    return html


def sign_of(day: date, today: date, soon: int) -> SafeString:
    """Return the mark of a last day that has passed, or comes within so many days."""
    left = (day - today).days
    if left < 0:
        return mark_safe(f' <span class="sw-tag">{conditional_escape(pgettext("paper", "ended"))}</span>')  # noqa: S308
    if left <= soon:
        words = _("%(n)d days left") % {"n": left}
        return mark_safe(f' <small class="sw-muted">{conditional_escape(words)}</small>')  # noqa: S308
    return mark_safe("")
