"""Doubts on the work list of the town: somebody looks at each of them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from deadlines.models import Deadline
from inbox.worklist import WorkRow, WorkSource
from inspections.doubts.reasons import reason_of
from inspections.models import Doubt


def row(deadline: Deadline, doubt: Doubt, user: User) -> WorkRow:
    """Return the line of a doubt; the next step is to look at the records."""
    return WorkRow(
        label=_("Look into a doubt"),
        party=doubt.enterprise.name,
        why=f"{doubt.get_kind_display()} · {reason_of(doubt)}",
        place=doubt.enterprise.region.name,
        url=doubt.get_absolute_url(),
        next_label=_("Look"),
        next_url=reverse("inspections:doubt", args=[doubt.pk]),
        verb="",
    )


WORK = [
    WorkSource(
        rules=("inspections.look_into",),
        roles=(Role.TOWN,),
        row=row,
        related=("enterprise", "enterprise__region"),
    ),
]
