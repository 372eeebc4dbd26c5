"""The conditions of the list of a ledger, made from its model."""

from datetime import timedelta
from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from enterprises.choices import RegulatoryCategory
from enterprises.filters import LEVEL_COLUMN, places_of
from enterprises.ledgers.columns import capital
from enterprises.ledgers.declaration import Ledger
from enterprises.ledgers.reading import current
from enterprises.ledgers.registry import BY_MODEL
from enterprises.ledgers.soon import days_for
from enterprises.models import Enterprise

ENDS = (("soon", _("ends soon")), ("ended", _("has ended")), ("later", _("ends later")))


class LedgerFilter(filters.FilterSet):
    """Place, industry and enterprise, which every ledger has."""

    place = filters.ChoiceFilter(label=_("Division"), method="lies_in", choices=())
    category = filters.MultipleChoiceFilter(
        label=_("Industry"),
        field_name="enterprise__regulatory_category",
        choices=RegulatoryCategory.choices,
        distinct=False,
    )
    enterprise = filters.ModelChoiceFilter(label=_("Enterprise"), queryset=lambda request: own(request))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for several times while the form is made.
        self.filters["place"].extra["choices"] = cache(lambda: places_of(getattr(self.request, "user", None)))

    def lies_in(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows of enterprises of a county or a town, by its stored column."""
        return rows.filter(**{f"enterprise__{LEVEL_COLUMN.get(len(value), 'region_id')}": value})

    def ends_when(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep rows whose last day has passed, comes soon, or later; what a later paper has replaced is left out."""
        ledger, today = BY_MODEL[rows.model], localdate()
        soon = today + timedelta(days=days_for(getattr(self.request, "user", None), on=today))
        day = ledger.expiry
        where = {
            "soon": {f"{day}__gte": today, f"{day}__lte": soon},
            "ended": {f"{day}__lt": today},
            "later": {f"{day}__gt": soon},
        }[value]
        return current(ledger, rows).filter(**where)


def own(request: Any) -> QuerySet:
    """Return the enterprises that the person sees; the form shows the chosen one alone."""
    rows = Enterprise.objects.visible_to(getattr(request, "user", None))
    chosen = request.GET.get("enterprise", "") if request is not None else ""
    return (
        rows.filter(pk=chosen)
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
        else rows.none()
    )


@cache
def filter_of(ledger: Ledger) -> type[LedgerFilter]:
    """Return the conditions of a ledger."""
    made: dict[str, Any] = {}
    for name in ledger.choice_names:
        field = ledger.model._meta.get_field(name)
        made[name] = filters.MultipleChoiceFilter(
            label=capital(field), choices=field.flatchoices, distinct=False
        )
    for name in ledger.flags:
        made[name] = filters.BooleanFilter(label=capital(ledger.model._meta.get_field(name)))
    if ledger.expiry:
        label = capital(ledger.model._meta.get_field(ledger.expiry))
        made["ends"] = filters.ChoiceFilter(label=label, method="ends_when", choices=ENDS)
    made["Meta"] = type("Meta", (), {"model": ledger.model, "fields": []})
    return type(f"{ledger.model.__name__}Filter", (LedgerFilter,), made)
