"""When the law changes: which references must be read again, and what came of it. Set-based, for any number of items."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import may
from audit.context import acting
from audit.services import record
from deadlines import services as deadlines
from deadlines.models import Deadline
from deadlines.sets import clocks_on, settle_set
from inspections.library.selectors import reviews_waiting
from inspections.models import ReferenceReview
from lifecycle.refusals import AlreadyDone, Refusal
from rulebook.models import Law

RULE = "inspections.review_references"

# A text that begins after the item was written, or one that ended since with nothing in its place.
NEW_TEXTS = """
INSERT INTO inspections_referencereview (reference_id, article_id, found_at, note)
SELECT reference.id, article.id, %(at)s, ''
FROM inspections_itemreference AS reference
JOIN inspections_checkitem AS item ON item.id = reference.item_id
JOIN rulebook_article AS article ON article.law_id = reference.law_id
    AND article.number = reference.number AND article.branch = reference.branch
WHERE item.owner_id IS NULL AND item.retired_at IS NULL AND item.published_at IS NOT NULL
  AND (article.valid_from > (item.created_at AT TIME ZONE 'Asia/Shanghai')::date
       OR (article.valid_to >= (item.created_at AT TIME ZONE 'Asia/Shanghai')::date
           AND NOT EXISTS (SELECT FROM rulebook_article AS next
               WHERE next.law_id = article.law_id AND next.number = article.number
                 AND next.branch = article.branch AND next.valid_from > article.valid_to)))
ON CONFLICT (reference_id, article_id) DO NOTHING
"""


def find_new_texts(*, at: datetime) -> int:
    """List every reference of an item in use whose article got a new text, or was repealed, since the item was written.

    Done again it adds nothing. Returns how many were added. Each law behind them has one clock (REFERENCE_REVIEW).
    """
    with connection.cursor() as cursor:
        cursor.execute(NEW_TEXTS, {"at": at})
        found = cursor.rowcount
    follow_laws(at=at)
    return found


@transaction.atomic
def follow_laws(*, at: datetime) -> None:
    """Let the clock run on each law whose amendment waits to be read, and settle it where everything has been."""
    waiting = set(reviews_waiting().order_by().values_list("article__law", flat=True))
    running = dict(clocks_on(Law.objects.all(), RULE).values_list("target_id", "pk"))
    settle_set(
        Deadline.objects.filter(pk__in=[pk for law, pk in running.items() if law not in waiting]), at=at
    )
    for law in Law.objects.filter(pk__in=waiting - set(running)):
        deadlines.start(law, RULE, at=at)


def review_reference(
    review: ReferenceReview, *, still_holds: bool, by: User, at: datetime, note: str = ""
) -> ReferenceReview:
    """Say whether the item still holds under the new text; if not, it is to be reworded in the next edition.

    Raises PermissionDenied for whoever does not keep the library, AlreadyDone when a colleague was first.
    """
    item = review.reference.item
    if not may(by, "inspections.review_reference", item):
        raise PermissionDenied
    with transaction.atomic(), acting(by, "inspections.review_reference", at):
        held = ReferenceReview.objects.select_for_update().get(pk=review.pk)
        if held.reviewed_at:
            raise AlreadyDone(Refusal(_("This reference has been reviewed already.")))
        held.still_holds, held.note, held.reviewed_by, held.reviewed_at = still_holds, note, by, at
        held.save()
        data = {"article": held.article_id, "still_holds": still_holds}
        record(by, "inspections.review_reference", item, at=at, reason=note, data=data)
        follow_laws(at=at)
    return held
