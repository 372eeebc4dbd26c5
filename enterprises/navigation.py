from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Enterprises"), "enterprises:list", "building", order=20, permission="enterprises.view_enterprise"
    )
]
