from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Enterprises"), "enterprises:list", "building", order=20, permission="enterprises.view_enterprise"
    ),
    Entry(
        _("Major hazard sources"),
        "enterprises:sources",
        "flask",
        order=22,
        permission="enterprises.view_source",
    ),
    Entry(
        _("Transfers of files"),
        "enterprises:transfers",
        "arrows-exchange",
        order=23,
        permission="enterprises.ask_transfer",
    ),
    Entry(
        _("Quality of files"),
        "enterprises:quality",
        "checkup-list",
        order=24,
        permission="enterprises.watch_quality",
    ),
]
