"""The figures in the menu."""

from django.utils.translation import pgettext_lazy

from listings.navigation import Entry

ENTRIES = [
    Entry(
        pgettext_lazy("menu", "Hazard work"),
        "inspections:conduct",
        "chart-dots",
        order=62,
        permission="inspections.watch_conduct",
    ),
]
