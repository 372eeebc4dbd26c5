"""How the writes of a supervision that move no state read in a timeline."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "inspections.find_problem": _("Recorded a problem of the body"),
    "inspections.take_back_problem": _("Took back a problem of the body"),
}
