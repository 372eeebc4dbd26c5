"""What the library puts on whose work list."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import Role, User
from deadlines.models import Deadline
from inbox.worklist import WorkRow, WorkSource
from inspections.library.selectors import reviews_waiting
from inspections.models import Edition
from rulebook.models import Law


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
        next_label=pgettext("checklist", "Review"),
        next_url=reverse("inspections:publish_edition", args=[edition.pk]),
        verb="publish_edition",
    )


def references_row(deadline: Deadline, law: Law, user: User) -> WorkRow:
    """Items refer to articles of an amended law: they are read again, article by article."""
    n = reviews_waiting().filter(article__law=law).count()
    return WorkRow(
        label=_("Review what refers to an amended article"),
        party=law.title,
        why=ngettext("%(n)d item refers to it", "%(n)d items refer to it", n) % {"n": n},
        place="",
        url=law.get_absolute_url(),
        next_label=_("Read again"),
        next_url=f"{reverse('inspections:reference_reviews')}?law={law.short_id}",
    )


def all_of_them(deadlines: QuerySet, user: Any) -> QuerySet:
    """A law lies in no place: it falls to everybody who keeps the library."""
    return deadlines


WORK = [
    WorkSource(
        rules=("inspections.review_references",),
        roles=(Role.CITY, Role.LEGAL),
        row=references_row,
        assigned=all_of_them,
        anywhere=True,
    ),
    WorkSource(
        rules=("inspections.review_edition",),
        roles=(Role.CITY, Role.LEGAL),
        row=review_row,
        related=("checklist",),
    ),
]
