from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from audit import phrases
from audit.bigtables import BigTable, KnownValuesFilter
from audit.models import Entry


class VerbFilter(KnownValuesFilter):
    """One act."""

    title = _("verb")
    parameter_name = "verb"

    def known(self) -> list[tuple[str, str]]:
        """Return every verb that has words."""
        return phrases.known()


@admin.register(Entry)
class EntryAdmin(BigTable):
    """The trail to read; nothing here changes it."""

    list_display = ("at", "actor_name", "post_title", "act", "target_label", "reason", "ip")
    list_filter = (VerbFilter,)
    list_select_related = False
    search_fields = ("actor_name", "target_label", "verb")

    @admin.display(description=_("verb"), ordering="verb")
    def act(self, entry: Entry) -> str:
        """Show the verb in words."""
        return str(phrases.phrase_of(entry.verb))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries are written by acts only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The trigger would refuse it, too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The trigger would refuse it, too."""
        return False
