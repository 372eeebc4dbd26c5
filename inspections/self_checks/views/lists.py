"""The list of self-check lists: who has one, who waits for acceptance, whose check is late."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role, User
from accounts.services import may
from enterprises.models import Enterprise
from enterprises.search import plain
from enterprises.truth.lists import SUBJECT, TOWN, OfEnterpriseFilter, OfEnterpriseList
from inspections.models import SelfCheckList
from inspections.self_checks import services
from inspections.self_checks.clock import known_cycle, with_days
from inspections.self_checks.lifecycle import SELF_CHECK_LIST
from lifecycle.refusals import VerbRefused
from lifecycle.services import check
from lifecycle.templatetags.lifecycle_tags import state_badge
from listings.columns import Column, linked
from listings.pages import BulkVerb, Preset
from listings.searching import Found, indexed

STATES = [(state.code, state.label) for state in SELF_CHECK_LIST.states]
# The column of how often the lists are checked as the risk stands now.
CYCLE = "cycle"


class ListFilter(OfEnterpriseFilter):
    """State, how late the next check is, when the last one was."""

    state = filters.MultipleChoiceFilter(label=_("State"), choices=STATES)
    late = filters.BooleanFilter(label=_("Check overdue"), method="is_late")
    paused = filters.BooleanFilter(label=_("Standing still"), method="is_paused")
    never = filters.BooleanFilter(label=_("Never checked"), field_name="last_check_at", lookup_expr="isnull")
    last = filters.DateFromToRangeFilter(label=_("Last checked"), field_name="last_check_at")

    class Meta:
        model = SelfCheckList
        fields: list[str] = []

    def is_late(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep lists in use whose next check is overdue, or only those where it is not."""
        late = {"state": "accepted", "next_check_on__lt": timezone.localdate()}
        return rows.filter(**late) if value else rows.exclude(**late)

    def is_paused(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """Keep lists in use of enterprises that stand still, or only the others."""
        return rows.filter(state="accepted", next_check_on__isnull=value)


def cycle(row: SelfCheckList) -> SafeString:
    """Write the days from check to check; beside them those agreed, where risk asks for more often."""
    if not row.cycle.is_raised:
        return format_html("{}", row.cycle.days)
    agreed = _("%(days)d agreed") % {"days": row.cycle.agreed}
    return format_html('{} <small class="sw-muted">{}</small>', row.cycle.days, agreed)


def why_not_accept(row: SelfCheckList, user: User, at: Any) -> str:
    """Say why a list cannot be accepted; nothing when it can."""
    try:
        check(SELF_CHECK_LIST, SELF_CHECK_LIST.verb("accept_list"), row, by=user, at=at)
    except VerbRefused as refused:
        return str(refused)
    return ""


class SelfCheckLists(OfEnterpriseList):
    """The lists of the person's area, the newest first."""

    key = "inspections.self_check_lists"
    title = _("Self-check lists")
    model = SelfCheckList
    filter_class = ListFilter
    default_sort = "-created_at"
    reads_all = False
    export_name = "self-check-lists"
    empty_text = _("No self-check list here")
    template = "inspections/self_checks/lists.html"
    columns = (
        SUBJECT,
        Column(
            "number",
            _("List"),
            lambda row: row.name,
            html=linked("inspections:self_check_list", "name"),
            css="sw-nowrap",
        ),
        Column("state", _("State"), lambda row: SELF_CHECK_LIST.state(row.state).label, html=state_badge),
        Column("items", _("Items"), "item_count", css="sw-num", row_label=True),
        Column("agreed", _("Agreed (days)"), "cycle_days", css="sw-num", row_label=True),
        Column(
            CYCLE,
            _("Every (days)"),
            lambda row: row.cycle.days,
            html=cycle,
            css="sw-num",
            row_label=True,
            default=False,
        ),
        Column("last", _("Last checked"), "last_check_at", css="sw-nowrap", row_label=True),
        Column("next", _("Next check"), "next_check_on", css="sw-nowrap", row_label=True),
        TOWN,
        Column("submitted", _("Handed in"), "submitted_at", css="sw-nowrap sw-desk"),
        Column("accepted", _("Accepted"), "accepted_at", css="sw-nowrap sw-desk"),
        Column("created", _("Begun"), "created_at", sort="created_at", css="sw-nowrap", default=False),
    )
    presets = (
        Preset("in_use", _("In use"), {"state": "accepted"}),
        Preset("waiting", pgettext_lazy("list", "Waiting for acceptance"), {"state": "submitted"}),
        Preset("late", _("Check overdue"), {"late": "true"}),
        Preset("draft", _("Being composed"), {"state": "draft"}),
        Preset("all", _("All"), {}),
    )
    bulk_verbs = (
        BulkVerb(
            "accept_list",
            _("Accept the list"),
            "inspections.accept_list",
            services.accept_list,
            why_not_accept,
        ),
    )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look for the enterprise through the index of the files."""
        files = indexed(Enterprise.objects.all(), "search_text", plain(words), self.user)
        return rows.filter(enterprise__in=files.values("pk"))

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """The same, for one page."""
        return Found(self.search(rows, words))

    @property
    def shows_cycle(self) -> bool:
        """Say whether the column is chosen: to weigh the risk of every row takes as long as half a page."""
        return any(column.name == CYCLE for column in self.chosen)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch with the row, where it is shown, how often its risk asks for checks."""
        rows = super().with_relations(rows)
        return with_days(rows, timezone.localdate()) if self.shows_cycle else rows

    def prepare(self, rows: list[Any]) -> None:
        """Name each list by its number, and say how often it is checked."""
        super().prepare(rows)
        for row in rows:
            row.cycle = known_cycle(row) if self.shows_cycle else None
            row.name = _("List %(number)d") % {"number": row.number}

    def extra_context(self) -> dict[str, Any]:
        """Show an enterprise the button to compose."""
        own = any(entry.role == Role.ENTERPRISE for entry in self.user.scope.entries)
        return {"can_compose": own and may(self.user, "inspections.compose_list")}
