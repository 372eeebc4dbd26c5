"""Which side of a supervision somebody stands on, and what an order needs before it is issued."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import GovernmentOrder, Visit
from inspections.visits.rules import entitled_posts
from lifecycle.table import Refusal


def bodies_of(person: User) -> set[int]:
    """Return the organisations for which somebody works or acts today."""
    return {post.organisation_id for post in person.posts if post.organisation_id}


def belongs_to_body(visit: Visit, person: User) -> bool:
    """Say whether the person works for the body that was looked at."""
    return visit.body_id in bodies_of(person)


def belongs_to_supervisors(visit: Visit, person: User) -> bool:
    """Say whether the person works for the body that looked."""
    return visit.organisation_id in bodies_of(person)


def lacking_order(visit: Visit, person: User) -> Refusal | None:
    """Say what stands against an order after this visit; None when it can be issued."""
    if visit.body_id is None:
        return Refusal(_("Only a supervision of government leads to such an order."), hides=True)
    if visit.state != "finished":
        return Refusal(_("The visit is not finished."), _("Finish it; then the order says what was found."))
    if not visit.government_findings.exists():
        return Refusal(_("The visit found no problem of the body."), hides=True)
    if GovernmentOrder.objects.filter(visit=visit).exists():
        return Refusal(_("The order has been issued."), hides=True)
    if not belongs_to_supervisors(visit, person) or not entitled_posts(
        visit, person, "inspections.issue_order"
    ):
        return Refusal(_("The body that carried the visit out issues the order."), hides=True)
    return None
