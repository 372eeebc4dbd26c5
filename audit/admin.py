from django.contrib import admin

from audit.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The trail to read; nothing here changes it."""

    list_display = ("at", "actor_name", "post_title", "verb", "target_label", "reason", "ip")
    list_filter = ("verb",)
    search_fields = ("actor_name", "target_label", "verb")
    date_hierarchy = "at"
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
