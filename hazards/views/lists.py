"""The list of hazards."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import may
from deadlines.almanac import working_days
from deadlines.clock import face_of
from deadlines.selectors import next_for
from hazards import services
from hazards.columns import COLUMNS
from hazards.filters import HazardFilter
from hazards.lifecycle import HAZARD
from hazards.models import Hazard
from hazards.search import NUMBER, holding
from listings.pages import BulkVerb, ListPage, Preset
from listings.searching import Found
from regions.selectors import names_of


def cannot_urge(hazard: Hazard, user: User, at: datetime) -> str:
    """Say why an enterprise is not urged about this hazard."""
    if hazard.state in HAZARD.verb("urge").sources:
        return ""
    return str(_("%(state)s: nothing is owed any more") % {"state": HAZARD.state(hazard.state).label})


def due_this_week(user: User) -> dict[str, str]:
    """Return the filter of deadlines from today to Sunday."""
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    return {"open": "true", "deadline_after": today.isoformat(), "deadline_before": sunday.isoformat()}


class HazardList(ListPage):
    """Hazards of the person's area, the newest first."""

    key = "hazards.list"
    title = _("Hazards")
    model = Hazard
    filter_class = HazardFilter
    columns = COLUMNS
    search_label = _("Number or problem")
    default_sort = "-found_at"
    export_name = "hazards"
    prepared_from = (
        *("town_code", "state", "found_at", "closed_at"),
        *("number", "description", "enterprise_id", "grade", "version"),
    )
    empty_text = _("No hazard here")
    template = "hazards/list.html"
    presets = (
        Preset("open", _("Open"), {"open": "true"}),
        Preset("overdue", _("Overdue"), {"overdue": "true"}),
        Preset("major", _("Major hazards"), {"grade": "major", "open": "true"}),
        Preset("verify", _("Waiting for verification"), {"state": "verifying"}),
        Preset("week", _("Due this week"), due_this_week),
        Preset("recurring", _("Recurring"), {"recurring": "true"}),
        Preset("all", _("All"), {}),
    )
    bulk_verbs = (BulkVerb("urge", _("Urge"), "hazards.urge", services.urge, cannot_urge),)

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Find a number by its beginning, everything else by the words."""
        if NUMBER.fullmatch(words):
            return holding(rows, words, self.user).rows
        return super().search(rows, words)

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """The same, for one page."""
        return holding(rows, words, self.user)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the enterprise's name with the row, which costs less than a second record for each."""
        return rows.annotate(enterprise_name=F("enterprise__name")).defer("search_text")

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns and find the next clock of all rows at once."""
        names = names_of({row.town_code for row in rows})
        deadlines = next_for(rows)
        now, calendar = timezone.now(), working_days()
        today = timezone.localdate(now)
        for row in rows:
            row.town_name = names.get(row.town_code, "")
            deadline = deadlines.get(row.pk)
            row.next_clock = face_of(deadline, now, calendar) if deadline else None
            row.state_label = HAZARD.state(row.state).label
            end = timezone.localdate(row.closed_at) if row.closed_at else today
            row.days_waiting = (end - timezone.localdate(row.found_at)).days

    def extra_context(self) -> dict[str, Any]:
        """Show the buttons the person may use."""
        return {"can_report": may(self.user, "hazards.report")}
