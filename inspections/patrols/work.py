"""What patrols put on whose work list: what is due for who goes round, what was missed for the town."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from deadlines.models import Deadline, DeadlineState
from inbox.worklist import WorkRow, WorkSource
from inspections.kinds import VisitKind
from inspections.models import PatrolStop

RULES = ("inspections.patrol",)
RELATED = ("enterprise", "enterprise__region", "route")


def row(stop: PatrolStop, label: str, next_label: str, url: str) -> WorkRow:
    """Return the line of a stop."""
    why = f"{stop.get_colour_display()} · {stop.route.name}"
    return WorkRow(
        label=label,
        party=stop.enterprise.name,
        why=why,
        place=stop.enterprise.region.name,
        url=stop.route.get_absolute_url(),
        next_label=next_label,
        next_url=url,
    )


def patrol_row(deadline: Deadline, stop: PatrolStop, user: User) -> WorkRow:
    """A patrol that is due; to whoever does not make it, one that was missed."""
    makes = Role.GRID in user.roles or stop.route.kind == VisitKind.GOVERNMENT_PATROL
    if makes:
        return row(stop, _("Patrol"), _("Begin"), reverse("inspections:begin_patrol", args=[stop.pk]))
    return row(stop, _("Patrol missed"), _("Look"), stop.route.get_absolute_url())


def by_grid(deadlines: QuerySet) -> QuerySet:
    """Keep the stops of grid patrols."""
    return deadlines.filter(
        target_id__in=PatrolStop.objects.filter(route__kind=VisitKind.GRID_PATROL).values("pk")
    )


def by_town(deadlines: QuerySet) -> QuerySet:
    """Keep the town's own stops, and of the grids' those that were missed."""
    own = PatrolStop.objects.filter(route__kind=VisitKind.GOVERNMENT_PATROL).values("pk")
    return deadlines.filter(target_id__in=own) | deadlines.filter(state=DeadlineState.BREACHED)


WORK = [
    WorkSource(rules=RULES, roles=(Role.GRID,), row=patrol_row, related=RELATED, narrow=by_grid),
    WorkSource(rules=RULES, roles=(Role.TOWN,), row=patrol_row, related=RELATED, narrow=by_town),
]
