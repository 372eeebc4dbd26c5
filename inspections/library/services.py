"""Every write to the library that matters, under one name."""

from inspections.library.editions import (
    change_checklist,
    draft_checklist,
    draft_edition,
    publish_edition,
    return_edition,
    ship_edition,
    submit_edition,
    withdraw_edition,
)
from inspections.library.items import (
    FACTS,
    add_item,
    change_item,
    move_item,
    remove_item,
    reorder_items,
    take_items,
)
from inspections.library.reviews import find_new_texts, review_reference

__all__ = [
    "FACTS",
    "add_item",
    "change_checklist",
    "change_item",
    "draft_checklist",
    "draft_edition",
    "find_new_texts",
    "move_item",
    "publish_edition",
    "remove_item",
    "reorder_items",
    "return_edition",
    "review_reference",
    "ship_edition",
    "submit_edition",
    "take_items",
    "withdraw_edition",
]
