"""What visits put on whose work list: the planned ones due, and those under way too long."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from deadlines.models import Deadline
from inbox.worklist import WorkRow, WorkSource
from inspections.kinds import VisitKind
from inspections.models import Visit

RELATED = ("enterprise", "body", "region")
GOING_OUT = (
    Role.CITY,
    Role.COUNTY,
    Role.TOWN,
    Role.OFFICER,
    Role.LEADER,
    Role.DEPT,
    Role.EXPERT,
    Role.AGENCY,
)


def row(visit: Visit, label: str, next_label: str, url: str, verb: str) -> WorkRow:
    """Return the line of a visit."""
    return WorkRow(
        label=label,
        party=visit.target.name,
        why=" · ".join(
            part for part in (str(visit.get_kind_display()), visit.occasion, visit.number) if part
        ),
        place=visit.region.name,
        url=visit.get_absolute_url(),
        next_label=next_label,
        next_url=url,
        verb=verb,
    )


def carry_out_row(deadline: Deadline, visit: Visit, user: User) -> WorkRow:
    """A planned visit waits for its day."""
    url = reverse("inspections:start_visit", args=[visit.pk])
    words = _("Carry out the planned %(act)s") % {"act": visit.act.noun}
    return row(visit, words, _("Begin"), url, "start_visit")


def finish_row(deadline: Deadline, visit: Visit, user: User) -> WorkRow:
    """A visit under way waits for its end."""
    url = reverse("inspections:check", args=[visit.pk])
    words = _("Finish the %(act)s") % {"act": visit.act.noun}
    return row(visit, words, _("Go on"), url, "finish_visit")


def taking_part(deadlines: QuerySet, user: Any) -> QuerySet:
    """Keep the visits in which the person takes part."""
    return deadlines.filter(target_id__in=Visit.objects.taken_part_in(user))


def self_checks(deadlines: QuerySet) -> QuerySet:
    """Keep the enterprise's own checks; of other visits it is told nothing before."""
    return deadlines.filter(
        target_id__in=Visit.objects.filter(
            kind=VisitKind.SELF_CHECK, state__in=("planned", "under_way")
        ).values("pk")
    )


def grid_patrols(deadlines: QuerySet) -> QuerySet:
    """Keep patrols: a grid worker is shown no inspection."""
    open_ones = Visit.objects.filter(kind=VisitKind.GRID_PATROL, state__in=("planned", "under_way"))
    return deadlines.filter(target_id__in=open_ones.values("pk"))


def source(rule: str, make: Any, roles: tuple[str, ...], **how: Any) -> WorkSource:
    """Return a work source of visits."""
    return WorkSource(rules=(f"inspections.{rule}",), roles=roles, row=make, related=RELATED, **how)


WORK = [
    # An expert is invited to one visit, wherever it lies.
    source("carry_out", carry_out_row, GOING_OUT, assigned=taking_part, anywhere=True),
    source("finish", finish_row, GOING_OUT, assigned=taking_part, anywhere=True),
    source("carry_out", carry_out_row, (Role.GRID,), narrow=grid_patrols),
    source("finish", finish_row, (Role.GRID,), narrow=grid_patrols),
    source("carry_out", carry_out_row, (Role.ENTERPRISE,), narrow=self_checks),
    source("finish", finish_row, (Role.ENTERPRISE,), narrow=self_checks),
]
