"""The inbox's places in the menu."""

from django.utils.translation import gettext_lazy as _

# Plain values: the room that draws the menu stands beside this one and may not be imported.
ENTRIES = [
    {"label": _("Today"), "url_name": "inbox:home", "icon": "list-check", "order": 0},
    {
        "label": _("SMS log"),
        "url_name": "inbox:sms_log",
        "icon": "message-2",
        "order": 950,
        "permission": "inbox.view_sms_log",
    },
]
