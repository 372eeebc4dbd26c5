"""Self-checks in the menu: the check itself for the enterprise, the lists for who watches over them."""

from django.utils.translation import gettext_lazy as _

from listings.navigation import Entry

ENTRIES = [
    Entry(
        _("Self-check"),
        "inspections:self_check",
        "checkbox",
        order=16,
        permission="inspections.compose_list",
        main=True,
    ),
    Entry(
        _("Self-check lists"),
        "inspections:self_check_lists",
        "list-details",
        order=36,
        permission="inspections.view_self_check_list",
    ),
]
