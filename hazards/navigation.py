from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [Entry(_("Hazards"), "hazards:list", "alert-triangle", order=30, permission="hazards.view_hazard")]
