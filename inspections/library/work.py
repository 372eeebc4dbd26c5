"""What the library puts on whose work list."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from deadlines.models import Deadline
from inbox.worklist import WorkRow, WorkSource
from inspections.models import Edition


def review_row(deadline: Deadline, edition: Edition, user: User) -> WorkRow | None:
    """An edition waits for review; not by the one who drafted it."""
    if edition.drafted_by_id == user.pk:
        return None
    return WorkRow(
        label=_("Review a checklist"),
        party=edition.checklist.title,
        why=edition.changes or _("edition %(number)d") % {"number": edition.number},
        place="",
        url=edition.get_absolute_url(),
        next_label=_("Review"),
        next_url=reverse("inspections:publish_edition", args=[edition.pk]),
        verb="publish_edition",
    )


WORK = [
    WorkSource(
        rules=("inspections.review_edition",),
        roles=(Role.CITY, Role.LEGAL),
        row=review_row,
        related=("checklist",),
    ),
]
