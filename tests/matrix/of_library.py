"""What the matrix asks about the library: an edition in use, and a reference that waits to be read again."""

from typing import Any

from inspections.library.views.verbs import VIEWS
from inspections.models import Edition, ItemReference, ReferenceReview
from inspections.services import draft_edition
from tests.factories.library import add, publish, published
from tests.people import AT, People

ONE_EDITION = ["edition", "edition_sheet", "edition_difference", "take_items", "add_item", *VIEWS]
ONE_CHECKLIST = ["checklist", "change_checklist", "draft_edition"]
ONE_LINE = ["change_item", "remove_item", "move_item"]
# With a page of its own key.
KEYED = {"inspections:checklist", "inspections:edition", "inspections:item"}


def named(names: list[str], values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give each of the addresses the same values."""
    return {f"inspections:{name}": values for name in names}


def addresses(edition: Edition, review: ReferenceReview) -> dict[str, dict[str, Any]]:
    """Return what the addresses of the library are asked with."""
    item = edition.lines.order_by("position").first().item_id
    return {
        **named(ONE_EDITION, {"pk": edition.pk}),
        **named(ONE_CHECKLIST, {"pk": edition.checklist_id}),
        **named(ONE_LINE, {"pk": edition.pk, "item": item}),
        "inspections:item": {"pk": item},
        "inspections:review_reference": {"pk": review.pk},
    }


def fill(people: People, edition: Edition, review: ReferenceReview, many: int) -> None:
    """Put many checklists beside the one, many items into its next edition, and have all of them read again."""
    following = draft_edition(edition.checklist, by=people.city, at=AT)
    for _serial in range(many):
        published(people, items=1)
        add(following, people)
    publish(following, people)
    rows = ItemReference.objects.filter(reviews=None)
    ReferenceReview.objects.bulk_create(
        [ReferenceReview(reference=row, article_id=review.article_id, found_at=AT) for row in rows]
    )
    # The page of the edition is asked for by the same key: give it the lines of the new one.
    edition.lines.all().delete()
    following.lines.update(edition=edition)
