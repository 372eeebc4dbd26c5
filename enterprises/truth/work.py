"""Change requests, conflicts and what is stale on people's work lists."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.masking import mask_name, mask_phone
from accounts.models import Role, User
from deadlines.models import Deadline
from enterprises.groups import CHECKED
from enterprises.models import ChangeRequest, Conflict, Enterprise
from enterprises.truth.writing import field_of
from inbox.worklist import WorkRow, WorkSource
from regions.words import listed

RELATED = ("enterprise", "enterprise__region")


def change_row(deadline: Deadline, change: ChangeRequest, user: User) -> WorkRow:
    """A change of key facts that waits for an answer."""
    return WorkRow(
        label=_("Review a change of key facts"),
        party=change.enterprise.name,
        why=listed(field_of(name).verbose_name for name in change.after),
        place=change.enterprise.region.name,
        url=change.get_absolute_url(),
        next_label=_("Review"),
    )


def conflict_row(deadline: Deadline, conflict: Conflict, user: User) -> WorkRow:
    """A conflict that waits to be resolved."""
    return WorkRow(
        label=_("Resolve a conflict"),
        party=conflict.enterprise.name,
        why=f"{conflict.what} · {conflict.seen}",
        place=conflict.enterprise.region.name,
        url=conflict.get_absolute_url(),
        next_label=_("Resolve"),
    )


def supervised_by(*levels: str) -> Callable[[QuerySet], QuerySet]:
    """Return the filter that keeps requests of enterprises which these levels supervise."""

    def narrow(deadlines: QuerySet) -> QuerySet:
        held = ChangeRequest.objects.filter(state="submitted", enterprise__supervision_level__in=levels)
        return deadlines.filter(target_id__in=held.values("pk"))

    return narrow


def review_by(role: str, *levels: str) -> WorkSource:
    """Return the work of the level that supervises the enterprise."""
    return WorkSource(
        rules=("enterprises.review_change",),
        roles=(role,),
        row=change_row,
        related=RELATED,
        narrow=supervised_by(*levels),
    )


def check_row(deadline: Deadline, enterprise: Enterprise, user: User) -> WorkRow:
    """A group of facts that nobody has confirmed for too long; it is confirmed on the page of the file."""
    status = deadline.rule == CHECKED["status"]
    contact = f"{mask_name(enterprise.contact_name)} {mask_phone(enterprise.contact_phone)}"
    return WorkRow(
        label=_("Verify the stale status on site") if status else _("Verify the stale contact"),
        party=enterprise.name,
        why=enterprise.get_operating_status_display() if status else contact,
        place=enterprise.region.name,
        url=f"{enterprise.get_absolute_url()}#g-{'status' if status else 'contact'}",
        next_label=_("Verify"),
    )


TRUTH_WORK = [
    review_by(Role.TOWN, "town"),
    review_by(Role.COUNTY, "county"),
    review_by(Role.CITY, "city", "province"),
    WorkSource(
        rules=("enterprises.resolve_conflict",), roles=(Role.TOWN,), row=conflict_row, related=RELATED
    ),
    WorkSource(rules=tuple(CHECKED.values()), roles=(Role.TOWN,), row=check_row, related=("region",)),
]
