"""The list of enterprises and its import."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.services import may
from enterprises.columns import COLUMNS, NAMED
from enterprises.filters import EnterpriseFilter
from enterprises.identity import ID_NO
from enterprises.models import Enterprise
from enterprises.search import plain
from enterprises.truth.selectors import hidden_from
from listings.pages import ListPage, Preset
from listings.searching import Found
from listings.tabs import conditions
from regions.selectors import names_of

LONG_TEXTS = frozenset({"business_scope", "process_description"})


class EnterpriseList(ListPage):
    """Enterprises of the person's area, the last changed first."""

    key = "enterprises.list"
    title = _("Enterprises")
    model = Enterprise
    filter_class = EnterpriseFilter
    columns = COLUMNS
    search_label = _("Name, code, person, phone or address")
    default_sort = "-updated_at"
    export_name = "enterprises"
    prepared_from = ("town_code", "name")
    empty_text = _("No enterprise here")
    template = "enterprises/list.html"
    presets = (
        Preset("all", _("All"), {}),
        Preset("hazchem", _("Hazardous chemicals"), {"category": "hazchem"}),
        Preset("mine", _("Non-coal mines"), {"category": "non_coal_mine"}),
        Preset("fireworks", _("Fireworks"), {"category": "fireworks"}),
        Preset("dust", _("Combustible dust"), {"risk": "dust"}),
        Preset("stopped", _("Stopped by itself"), {"status": "suspended_self"}),
    )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Find by any part of name, code, person, phone or address."""
        return super().search(rows, plain(words))

    def search_first(self, rows: QuerySet, words: str) -> Found:
        """The same, for one page."""
        return super().search_first(rows, plain(words))

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Leave out the long texts that no chosen column shows."""
        return rows.defer("search_text", *(LONG_TEXTS - {column.name for column in self.chosen}))

    def prepare(self, rows: list[Any]) -> None:
        """Name the towns of all rows at once."""
        names = names_of({row.town_code for row in rows})
        named = self.names_behind(rows)
        for row in rows:
            row.town_name, row.named = names.get(row.town_code, ""), named
        if any(column.name == ID_NO for column in self.chosen):
            self.hide_id_numbers(rows)

    def hide_id_numbers(self, rows: list[Any]) -> None:
        """Leave out ID numbers, masked as they are, of files in which the person sees none."""
        for row in rows:
            if hidden_from(self.user, row):
                setattr(row, ID_NO, "")

    def names_behind(self, rows: list[Any]) -> dict[tuple[str, Any], str]:
        """Return the names of the records behind chosen columns, by column and key: one question for each column."""
        found = {}
        for name in {column.name for column in self.chosen} & NAMED:
            keys = {getattr(row, f"{name}_id") for row in rows} - {None}
            others = Enterprise._meta.get_field(name).related_model.objects.filter(pk__in=keys)
            found |= {(name, key): said for key, said in others.values_list("pk", "name")}
        return found

    def extra_context(self) -> dict[str, Any]:
        """Show the buttons the person may use."""
        return {
            "map_url": f"{reverse('enterprises:map')}?{urlencode(conditions(self.request.GET), doseq=True)}".rstrip(
                "?"
            ),
            "can_decide": may(self.user, "enterprises.accept_registration"),
            "can_register": may(self.user, "enterprises.register"),
            "can_import": may(self.user, "enterprises.import"),
        }
