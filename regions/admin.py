"""Divisions and grids for administrators."""

from django.contrib import admin

from regions.models import Grid, Region


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    """Divisions come from the loading command; people correct names and add what the source lacks."""

    list_display = ["code", "name", "level", "parent", "is_functional_zone", "external_code"]
    list_filter = ["level", "is_functional_zone"]
    list_select_related = ["parent"]
    search_fields = ["code", "name", "external_code"]
    autocomplete_fields = ["parent"]
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """A code is what every other row refers to, so it never changes."""
        return ["code", "level"] if obj else []


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
