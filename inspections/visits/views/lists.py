"""The list of visits of every kind."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.kinds import ADMINISTRATIVE
from inspections.models import Participant, Visit
from inspections.querysets import kinds_seen
from inspections.visits.called import act_seen_by, called, records
from inspections.visits.columns import COLUMNS
from inspections.visits.filters import VisitFilter
from inspections.visits.forms.plan import goes_out
from inspections.visits.lifecycle import VISIT
from inspections.visits.search import holding
from listings.pages import ListPage, Preset
from listings.searching import Found
from regions.selectors import names_of
from regions.words import listed


def due_this_week(user: User) -> dict[str, str]:
    """Return the filter of what is planned up to Sunday."""
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    return {"state": "planned", "planned_before": sunday.isoformat()}


class VisitList(ListPage):
    """Visits of the person's area, the newest first."""

    key = "inspections.visits"
    model = Visit
    filter_class = VisitFilter
    columns = COLUMNS
    search_label = _("Number or enterprise")
    default_sort = "-created_at"
    export_name = "visits"
    template = "inspections/visits.html"
    every_preset = (
        Preset("open", _("Under way"), {"state": "under_way"}),
        Preset("planned", _("Planned"), {"state": "planned"}),
        Preset("week", _("Due this week"), due_this_week),
        Preset("mine", _("I take part"), {"mine": "true"}),
        Preset("inspections", _("Inspections"), {"inspections": "true"}),
        Preset("backfilled", _("Back-filled"), {"backfilled": "true"}),
        Preset("all", _("All"), {}),
    )

    @property
    def title(self) -> Any:
        """What the list is called for the person."""
        return records(self.user)

    @property
    def empty_text(self) -> str:
        """Say that there is nothing, in the same word."""
        return gettext("No %(act)s here") % {"act": act_seen_by(self.user).noun}

    @property
    def presets(self) -> tuple[Preset, ...]:
        """The tabs; inspections only for who sees any."""
        seen = kinds_seen(self.user) & set(ADMINISTRATIVE)
        return tuple(preset for preset in self.every_preset if seen or preset.code != "inspections")

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Find a number by its beginning, everything else by the enterprise."""
        return holding(rows, words, self.user)

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """The same, for one page."""
        return Found(holding(rows, words, self.user))

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the name of whom the visit looks at with the row."""
        return rows.annotate(target_name=Coalesce(F("enterprise__name"), F("body__name")))

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns and the people of all rows at once."""
        names = names_of({row.town_code for row in rows})
        people: dict[int, list[str]] = defaultdict(list)
        taking_part = Participant.objects.filter(visit__in=[row.pk for row in rows]).order_by(
            "-is_lead", "pk"
        )
        for visit, name in taking_part.values_list("visit_id", "user__name"):
            people[visit].append(name)
        for row in rows:
            row.town_name = names.get(row.town_code, "")
            row.people_names = listed(people[row.pk])
            row.state_label = VISIT.state(row.state).label

    def extra_context(self) -> dict[str, Any]:
        """Show the buttons the person may use."""
        return {"can_plan": goes_out(self.user), **called(self.user)}
