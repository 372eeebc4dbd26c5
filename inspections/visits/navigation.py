"""Visits in the menu."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Visits"), "inspections:visits", "clipboard-check", order=35, permission="inspections.view_visit"
    ),
]
