"""The rulebook's place in the menu."""

from django.utils.translation import gettext_lazy as _

# Plain values: the rulebook lies below the room that draws the menu and may not import it.
ENTRIES = [
    {
        "label": _("Rulebook"),
        "url_name": "rulebook:index",
        "icon": "scale",
        "order": 900,
        "permission": "",
        "matches": "",
    }
]
