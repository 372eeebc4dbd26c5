"""How the writes to the library that move no state read in a timeline."""

from django.utils.translation import gettext_lazy as _

PHRASES = {
    "inspections.draft_checklist": _("Opened a checklist"),
    "inspections.change_checklist": _("Corrected the checklist"),
    "inspections.add_item": _("Wrote an item"),
    "inspections.take_items": _("Took items from the library"),
    "inspections.change_item": _("Reworded an item"),
    "inspections.remove_item": _("Took an item out"),
    "inspections.move_item": _("Moved an item"),
    "inspections.reorder_items": _("Put the items into another order"),
    "inspections.import_library": _("Imported check items from a workbook"),
    "inspections.review_reference": _("Read an item again under the new text of the law"),
    "inspections.receive_edition": _("Received with the platform"),
}
