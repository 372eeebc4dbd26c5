"""Divisions and grids for administrators."""

from typing import Any

from django.contrib import admin
from django.utils import timezone

from regions.models import FormerPlace, Grid, Region
from regions.services import keep_former_names


class FormerInline(admin.TabularInline):
    """What the division was before."""

    model = FormerPlace
    extra = 0
    fields = ["code", "name", "until", "keeps_below", "note"]


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Divisions come from the loading command; people correct names and add what the source lacks."""

    list_display = ["code", "name", "level", "parent", "is_functional_zone", "external_code"]
    list_filter = ["level", "is_functional_zone"]
    list_select_related = ["parent"]
    search_fields = ["code", "name", "external_code"]
    autocomplete_fields = ["parent"]
    inlines = [FormerInline]
    show_full_result_count = False

    def save_model(self, request: Any, obj: Region, form: Any, change: bool) -> None:
        """Keep the name that is replaced: what people send in may still call the division so."""
        if change:
            keep_former_names([obj], on=timezone.localdate())
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """A code is what every other row refers to, so it never changes."""
        return ["code", "level"] if obj else []


@admin.register(FormerPlace)
class FormerPlaceAdmin(admin.ModelAdmin):
    """Divisions as they were called before, with the one of today that they lead to."""

    list_display = ["name", "code", "until", "successor", "keeps_below", "note"]
    list_select_related = ["successor"]
    search_fields = ["name", "code", "successor__name", "successor__code"]
    autocomplete_fields = ["successor"]
    date_hierarchy = "until"
    show_full_result_count = False


@admin.register(Grid)
class GridAdmin(admin.ModelAdmin):
    """Supervision grids."""

    list_display = ["code", "name", "kind", "region", "external_code"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    search_fields = ["code", "name", "external_code"]
    autocomplete_fields = ["region"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """A code is what every other row refers to, so it never changes."""
        return ["code"] if obj else []
