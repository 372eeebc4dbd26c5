"""Visits in the menu."""

from inspections.visits.called import records
from listings.navigation import Entry

ENTRIES = [
    Entry(records, "inspections:visits", "clipboard-check", order=35, permission="inspections.view_visit"),
]
