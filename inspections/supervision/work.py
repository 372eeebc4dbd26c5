"""What a supervision puts on whose work list: the reply on the body's, its review on the supervising side's."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Role, User
from deadlines.models import Deadline
from inbox.worklist import WorkRow, WorkSource
from inspections.kinds import VisitKind
from inspections.models import GovernmentOrder, Visit

RELATED = ("visit__body", "visit__region", "visit__organisation")


def row(order: GovernmentOrder, label: str, next_label: str, verb: str) -> WorkRow:
    """Return the line of an order."""
    visit = order.visit
    return WorkRow(
        label=label,
        party=visit.body.name if visit.body else "",
        why=by_whom(visit),
        place=visit.region.name,
        url=order.get_absolute_url(),
        next_label=next_label,
        next_url=reverse(f"inspections:{verb}", args=[order.pk]),
        verb=verb,
    )


def by_whom(visit: Visit) -> str:
    """Return who carried a supervision out, and its number."""
    return " · ".join(part for part in (visit.organisation and visit.organisation.name, visit.number) if part)


def reply_row(deadline: Deadline, order: GovernmentOrder, user: User) -> WorkRow:
    """The body answers."""
    return row(order, _("Put right what the supervision found"), _("Reply"), "reply_order")


def review_row(deadline: Deadline, order: GovernmentOrder, user: User) -> WorkRow:
    """The supervising side decides."""
    return row(order, _("Review the reply to the supervision"), pgettext("reply", "Review"), "close_order")


def of_own(field: str) -> Any:
    """Return what keeps the orders in which the person's own bodies stand at `field`."""

    def keep(deadlines: QuerySet, user: Any) -> QuerySet:
        own = {post.organisation_id for post in user.posts if post.organisation_id}
        orders = GovernmentOrder.objects.filter(Q(**{f"{field}__in": own}), ~Q(state="closed"))
        return deadlines.filter(target_id__in=orders.values("pk"))

    return keep


def issue_row(deadline: Deadline, visit: Visit, user: User) -> WorkRow:
    """A supervision found problems: the order says what is to be put right."""
    return WorkRow(
        label=_("Issue the order of the supervision"),
        party=visit.target.name,
        why=by_whom(visit),
        place=visit.region.name,
        url=visit.get_absolute_url(),
        next_label=_("Issue"),
        next_url=reverse("inspections:issue_order", args=[visit.pk]),
        verb="issue_order",
    )


def own_visits(deadlines: QuerySet, user: Any) -> QuerySet:
    """Keep the supervisions that the person's own body carried out."""
    own = {post.organisation_id for post in user.posts if post.organisation_id}
    visits = Visit.objects.filter(kind=VisitKind.SUPERVISION, state="finished", organisation__in=own)
    return deadlines.filter(target_id__in=visits.values("pk"))


WORK = [
    WorkSource(
        rules=("inspections.issue_order",),
        roles=(Role.CITY, Role.COUNTY, Role.LEADER),
        row=issue_row,
        related=("body", "region", "organisation"),
        assigned=own_visits,
        anywhere=True,
    ),
    WorkSource(
        rules=("inspections.order_reply",),
        roles=(Role.COUNTY, Role.TOWN, Role.DEPT),
        row=reply_row,
        related=RELATED,
        assigned=of_own("visit__body"),
        anywhere=True,
    ),
    WorkSource(
        rules=("inspections.order_review",),
        roles=(Role.CITY, Role.COUNTY, Role.LEADER),
        row=review_row,
        related=RELATED,
        assigned=of_own("visit__organisation"),
        anywhere=True,
    ),
]
