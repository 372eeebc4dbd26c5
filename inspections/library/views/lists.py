"""The library of items, and the list of checklists."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.services import may
from inspections.library.columns import CHECKLIST_COLUMNS, ITEM_COLUMNS
from inspections.library.editions import IN_WORK
from inspections.library.filters import ChecklistFilter, ItemFilter
from inspections.library.lifecycle import EDITION
from inspections.models import CheckItem, Checklist, Edition, ItemReference, ReferenceReview
from listings.counting import limit_for
from listings.pages import ListPage, Preset
from listings.tabs import conditions


class ItemList(ListPage):
    """The items in use, whatever checklists they stand in."""

    key = "inspections.library"
    title = _("Library of check items")
    model = CheckItem
    filter_class = ItemFilter
    columns = ITEM_COLUMNS
    search_label = _("Code or words of an item")
    default_sort = "code"
    export_name = "check-items"
    empty_text = _("No item here")
    template = "inspections/library/items.html"
    presets = (
        Preset("all", _("All"), {}),
        Preset("major", _("Major hazards"), {"grade": "major"}),
        Preset("fire", _("Fire protection"), {"category": "fire"}),
        Preset("training", _("Training and certificates"), {"category": "training"}),
    )

    @cached_property
    def limit(self) -> int:
        """How far items are counted: behind an article stand thousands, each of which is looked up for it."""
        found = conditions(self.request.GET)
        return limit_for({"q"} if "law" in found else found)

    def visible(self) -> QuerySet:
        """The library: everybody who may read it reads the same."""
        return CheckItem.objects.readable_in_library(self.user)

    def with_relations(self, rows: QuerySet) -> QuerySet:
        """Fetch the criterion with the row."""
        return rows.select_related("criterion").defer("search_text")

    def prepare(self, rows: list[Any]) -> None:
        """Fetch the references of all rows at once."""
        found = defaultdict(list)
        references = ItemReference.objects.filter(item__in=[row.pk for row in rows]).select_related("law")
        for reference in references.order_by("pk"):
            found[reference.item_id].append(reference)
        for row in rows:
            row.shown_references = found[row.pk]


class ChecklistList(ListPage):
    """Checklists with the edition in use, and what is being worked on."""

    key = "inspections.checklists"
    title = _("Checklists")
    model = Checklist
    filter_class = ChecklistFilter
    columns = CHECKLIST_COLUMNS
    search_label = _("Title, code or scenario")
    default_sort = "code"
    reads_all = True
    export_name = "checklists"
    empty_text = _("No checklist here")
    template = "inspections/library/checklists.html"
    presets = (
        Preset("all", _("All"), {}),
        Preset("enterprise", _("For enterprises"), {"purpose": "enterprise"}),
        Preset("government", _("For government bodies"), {"purpose": "government"}),
        Preset("review", _("Under review"), {"state": "review"}),
    )

    def search(self, rows: QuerySet, words: str) -> QuerySet:
        """Look in title, code and scenario; there are some hundreds of checklists."""
        return rows.filter(Q(title__holds=words) | Q(code__holds=words) | Q(scenario__holds=words))

    def prepare(self, rows: list[Any]) -> None:
        """Find the edition to show and the one in work of all rows at once."""
        editions = Edition.objects.visible_to(self.user).filter(checklist__in=[row.pk for row in rows])
        found = defaultdict(list)
        for edition in editions.order_by("-number"):
            found[edition.checklist_id].append(edition)
        for row in rows:
            own = found[row.pk]
            in_use = next((each for each in own if each.state == "published"), None)
            working = next((each for each in own if each.state in IN_WORK), None)
            row.shown = in_use or next(iter(own), None)
            row.in_work_label = (
                EDITION.state(working.state).label if working and working is not row.shown else ""
            )

    def extra_context(self) -> dict[str, Any]:
        """Show the buttons the person may use, and how many references wait to be read again."""
        keeps = may(self.user, "inspections.edit_library")
        return {
            "can_edit": keeps,
            "can_import": may(self.user, "inspections.import_library"),
            "waiting": ReferenceReview.objects.filter(reviewed_at=None).count() if keeps else 0,
        }
