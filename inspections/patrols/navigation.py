"""Patrols in the menu: what is due for who goes round, the stops for who watches."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Patrols due"),
        "inspections:patrols_due",
        "walk",
        order=17,
        permission="inspections.go_round",
        main=True,
    ),
    Entry(_("Patrols"), "inspections:patrols", "route", order=37, permission="inspections.view_patrol"),
]
