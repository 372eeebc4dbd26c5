"""How the writes to a self-check list that move no state read in a timeline."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "inspections.take_list_items": _("Took items from the library"),
    "inspections.write_own_item": _("Wrote an item of its own"),
    "inspections.assign_lines": _("Said where and by whom items are checked"),
    "inspections.remove_lines": _("Took items out"),
}
