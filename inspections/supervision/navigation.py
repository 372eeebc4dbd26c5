"""Supervision of government in the menu."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Supervision of government"),
        "inspections:orders",
        "building-bank",
        order=38,
        permission="inspections.view_order",
    ),
]
