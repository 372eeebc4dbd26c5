"""The list of major hazard sources."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services import may
from deadlines.almanac import working_days
from deadlines.clock import face_of
from deadlines.selectors import next_for
from enterprises.models import SourceSubstance, SourceUnit
from enterprises.search import ByEnterprise
from enterprises.sources.columns import COLUMNS
from enterprises.sources.filters import SourceFilter
from enterprises.sources.lifecycle import SOURCE
from enterprises.sources.selectors import in_figures
from listings.pages import ListPage, Preset
from regions.selectors import names_of
from regions.words import listed


def in_short(unit: SourceUnit) -> str:
    """Name the substances without what table 1 adds in brackets, each once."""
    return listed(dict.fromkeys(name.partition("（")[0] for name in unit.substance_names))


class SourceList(ByEnterprise, ListPage):
    """Units of the person's area, the last changed first."""

    key = "enterprises.sources"
    title = _("Major hazard sources")
    model = SourceUnit
    filter_class = SourceFilter
    columns = COLUMNS
    search_label = _("Unit, enterprise or filing number")
    # Of units there are a few thousand in the largest city.
    own_words = ("name", "filing_number")
    default_sort = "-updated_at"
    export_name = "major-hazard-sources"
    template = "enterprises/sources/list.html"
    empty_text = _("No major hazard source here")
    presets = (
        Preset("standing", _("Major hazard sources"), {"standing": "true"}),
        Preset("first", _("Grades 1 and 2"), {"grade": ["1", "2"], "standing": "true"}),
        Preset("to_file", _("To be filed"), {"state": "assessed"}),
        Preset("review", _("Filing under review"), {"state": "submitted"}),
        Preset("expired", _("To be assessed anew"), {"state": "expired"}),
        Preset("below", _("Below the threshold"), {"state": "below"}),
        Preset("copy", _("Copy to the city"), {"grade": ["1", "2"], "filed_in": "last_quarter"}),
        Preset("upward", _("Copy to the province"), {"grade": "1", "filed_in": "last_half"}),
        Preset("all", _("All"), {}),
    )

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the enterprise and the names of the substances with the row."""
        substances = SourceSubstance.objects.filter(unit=OuterRef("pk")).order_by("pk")
        return rows.select_related("enterprise").annotate(
            substance_names=ArraySubquery(substances.values("name"))
        )

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns and find the next clock of all rows at once."""
        names = names_of({row.enterprise.town_code for row in rows})
        deadlines, now, calendar = next_for(rows), timezone.now(), working_days()
        for row in rows:
            row.town_name = names.get(row.enterprise.town_code, "")
            row.state_label = SOURCE.state(row.state).label
            row.substance_words = in_short(row)
            in_figures(row)
            deadline = deadlines.get(row.pk)
            row.next_clock = face_of(deadline, now, calendar) if deadline else None
            row.next_due_on = deadline.due_on if deadline else None

    def extra_context(self) -> dict[str, Any]:
        """Lead to the import for who may."""
        return {"can_import": may(self.user, "enterprises.record_source")}
