from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Report a hazard"),
        "hazards:report",
        "camera",
        order=15,
        permission="hazards.report_on_site",
        main=True,
    ),
    Entry(_("Hazards"), "hazards:list", "alert-triangle", order=30, permission="hazards.view_hazard"),
    Entry(
        _("Listed for supervision"), "hazards:listings", "flag", order=31, permission="hazards.view_hazard"
    ),
]
