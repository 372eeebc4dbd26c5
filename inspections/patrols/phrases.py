"""How the writes to patrol routes read in a timeline."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "inspections.draw_route": _("Drew a patrol route"),
    "inspections.change_route": _("Changed the patrol route"),
    "inspections.end_route": _("Ended the patrol route"),
}
