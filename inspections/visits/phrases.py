"""How the writes to a visit that move no state read in a timeline."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "inspections.answer": _("Answered everything still open with one tap"),
    "inspections.confirm_visit_facts": _("Went through the facts of the enterprise"),
    "inspections.sign": _("Had it signed"),
    "inspections.refuse_signature": _("Put a refusal to sign on record"),
}
