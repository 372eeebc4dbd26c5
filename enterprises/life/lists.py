"""The list of files that one district has offered to another: both see theirs."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget

from accounts.models import User
from deadlines.almanac import working_days
from deadlines.clock import face_of
from deadlines.selectors import next_for
from enterprises.choices import RegulatoryCategory
from enterprises.filters import places_of
from enterprises.life.tables import TRANSFER
from enterprises.models import Transfer
from enterprises.search import ByEnterprise, plain
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, linked
from listings.pages import ListPage, Preset

STATES = [(state.code, state.label) for state in TRANSFER.states]
SIDES = (("in", _("offered to us")), ("out", _("offered by us")))


def within(user: User | None, path: str) -> Q:
    """Return the condition that a place lies in one of the person's areas."""
    where = Q(pk__in=[])
    for entry in user.scope.entries if user is not None else ():
        if entry.region and not (entry.industry or entry.enterprise_id or entry.grid):
            where |= Q(**{f"{path}__startswith": entry.region})
    return where


class TransferFilter(filters.FilterSet):
    """How far it is, which side we are on, the two places, and when it was asked for."""

    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    side = filters.ChoiceFilter(label=_("Side"), method="is_side", choices=SIDES)
    place = filters.ChoiceFilter(label=_("Division"), method="touches", choices=())
    category = filters.MultipleChoiceFilter(
        label=_("Industry"),
        field_name="enterprise__regulatory_category",
        choices=RegulatoryCategory.choices,
        distinct=False,
    )
    asked = filters.DateFromToRangeFilter(
        label=_("Asked for"), field_name="asked_at", widget=DateRangeWidget(attrs={"type": "date"})
    )
    enterprise = filters.NumberFilter(label=_("Enterprise"), field_name="enterprise_id")

    class Meta:
        model = Transfer
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["place"].extra["choices"] = cache(lambda: places_of(getattr(self.request, "user", None)))

    def is_side(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what was offered to the person's area from elsewhere, or what their area offered."""
        user = getattr(self.request, "user", None)
        ours, theirs = within(user, "region__code"), within(user, "from_region__code")
        return rows.filter(theirs) if value == "out" else rows.filter(ours).exclude(theirs)

    def touches(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep transfers into or out of a division."""
        return rows.filter(Q(region__code__startswith=value) | Q(from_region__code__startswith=value))


def place_name(row: Transfer, name: str) -> str:
    """Return a place with the county before it."""
    region = getattr(row, name)
    return " ".join(each.name for each in (region.parent, region) if each is not None)


def remaining(row: Transfer) -> SafeString:
    """The clock of the answer, which the page has read for all its rows."""
    face = row.next_clock
    if face is None:
        return SafeString("")
    return format_html('<span class="sw-clock {}"><b>{}</b> {}</span>', face.css, face.number, face.words)


COLUMNS = (
    Column(
        "enterprise",
        _("Enterprise"),
        "enterprise.name",
        html=linked("enterprises:transfer", "enterprise.name"),
        css="sw-what",
    ),
    Column("state", _("State"), lambda row: TRANSFER.state(row.state).label, html=state_badge),
    Column("remaining", _("Remaining"), lambda row: row.next_due_on, html=remaining, css="sw-num"),
    Column(
        "from", _("From district"), lambda row: place_name(row, "from_region"), css="sw-party", row_label=True
    ),
    Column("to", _("To district"), lambda row: place_name(row, "region"), css="sw-party", row_label=True),
    Column("asked", _("Asked for"), "asked_at", css="sw-nowrap", row_label=True),
    Column("by", _("Asked by"), "asked_by.name", css="sw-nowrap sw-desk"),
    Column("decided", _("Answered"), "decided_at", css="sw-nowrap sw-desk"),
    Column("decider", _("Answered by"), "decided_by.name", css="sw-nowrap sw-desk"),
    Column("uscc", _("Code"), "enterprise.uscc", css="sw-id", default=False),
    Column("reason", _("Reason"), "reason", default=False),
    Column("answer", _("Reason of the decision"), "decision_reason", default=False),
)


class TransferList(ByEnterprise, ListPage):
    """Files offered by the person's area or to it, the last offered first."""

    key = "enterprises.transfers"
    title = _("Transfers of files")
    model = Transfer
    filter_class = TransferFilter
    columns = COLUMNS
    search_label = _("Name or code of the enterprise")
    # Who is offered a file does not see it yet.
    from_elsewhere = True
    default_sort = "-id"
    export_name = "transfers"
    empty_text = _("No file has been offered")
    presets = (
        Preset("in", _("To be answered by us"), {"state": "asked", "side": "in"}),
        Preset("out", _("Waiting for the other district"), {"state": "asked", "side": "out"}),
        Preset("accepted", _("Taken over"), {"state": "accepted"}),
        Preset("refused", _("Not taken over"), {"state": "refused"}),
        Preset("all", _("All"), {}),
    )

    def holding(self, rows: QuerySet, of_enterprise: Q, words: str) -> QuerySet:
        """Keep transfers by name and code: what else a file says is not told to who may not see it."""
        words = plain(words)
        named = Q(enterprise__name__holds=words) | Q(enterprise__uscc__holds=words)
        return super().holding(rows, of_enterprise, words).filter(named)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch both places, the enterprise and the people with the row."""
        rows = rows.select_related(
            "enterprise", "region__parent", "from_region__parent", "asked_by", "decided_by"
        )
        return rows.defer(
            "enterprise__business_scope", "enterprise__process_description", "enterprise__search_text"
        )

    def prepare(self, rows: list[Any]) -> None:
        """Find the clock of all rows at once."""
        deadlines, now, calendar = next_for(rows), timezone.now(), working_days()
        for row in rows:
            deadline = deadlines.get(row.pk)
            row.next_clock = face_of(deadline, now, calendar) if deadline else None
            row.next_due_on = deadline.due_on if deadline else None
