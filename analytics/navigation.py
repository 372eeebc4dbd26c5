from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(_("Analysis"), "analytics:overview", "chart-bar", order=800, permission="analytics.view_overview")
]
