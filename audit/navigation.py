"""The record's place in the auditor's menu."""

from django.utils.translation import gettext_lazy as _

# Plain values: the room that draws the menu lies above this one.
ENTRIES = [
    {
        "label": _("Audit trail"),
        "url_name": "audit:list",
        "icon": "list-search",
        "order": 960,
        "permission": "audit.view_entry",
        "main": True,
    }
]
