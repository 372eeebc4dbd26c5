"""Doubts in the menu."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Too good to be true"),
        "inspections:doubts",
        "zoom-question",
        order=39,
        permission="inspections.view_doubt",
    ),
]
