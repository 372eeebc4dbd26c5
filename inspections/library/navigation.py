"""The library in the menu."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Checklists"),
        "inspections:checklists",
        "list-check",
        order=40,
        permission="inspections.view_library",
    ),
]
