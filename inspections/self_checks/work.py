"""What self-checks put on whose work list."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import Role, User
from deadlines.models import Deadline, DeadlineState
from inbox.worklist import WorkRow, WorkSource
from inspections.models import SelfCheckList
from inspections.self_checks.clock import known_cycle, with_days

RELATED = ("enterprise", "enterprise__region")
RULE = "inspections.self_check"


def row(found: SelfCheckList, label: str, why: str, next_label: str, verb: str = "") -> WorkRow:
    """Return the line of a list; without a verb the next step is its page."""
    return WorkRow(
        label=label,
        party=found.enterprise.name,
        why=why,
        place=found.enterprise.region.name,
        url=found.get_absolute_url(),
        next_label=next_label,
        next_url=reverse(f"inspections:{verb}", args=[found.pk]) if verb else "",
        verb=verb if verb.endswith("_list") else "",
    )


def items(found: SelfCheckList) -> str:
    """Say how much is to be checked, how often; and where risk asks for more often than was agreed, that it does."""
    cycle = known_cycle(found)
    words = ngettext(
        "%(items)d items, every %(days)d day", "%(items)d items, every %(days)d days", cycle.days
    ) % {"items": found.item_count, "days": cycle.days}
    if not cycle.is_raised:
        return words
    agreed = ngettext(
        "its risk asks for it; every %(agreed)d day was agreed",
        "its risk asks for it; every %(agreed)d days was agreed",
        cycle.agreed,
    )
    return f"{words} · {agreed % {'agreed': cycle.agreed}}"


def check_row(deadline: Deadline, found: SelfCheckList, user: User) -> WorkRow:
    """The enterprise's own duty: to check itself."""
    return row(
        found,
        _("Carry out the self-check"),
        items(found),
        pgettext("self-check", "Check"),
        "begin_self_check",
    )


def compose_row(deadline: Deadline, found: SelfCheckList, user: User) -> WorkRow:
    """A list that is being composed, or was returned."""
    why = found.returned_reason or _("%(items)d items so far") % {"items": found.item_count}
    return row(found, _("Compose the self-check list"), why, _("Go on"))


def accept_row(deadline: Deadline, found: SelfCheckList, user: User) -> WorkRow:
    """A list that waits for the town."""
    return row(found, _("Accept or return the self-check list"), items(found), _("Look"))


def missed_row(deadline: Deadline, found: SelfCheckList, user: User) -> WorkRow:
    """A check that was due and not done: the town presses."""
    return row(found, _("Self-check not done"), items(found), _("Look"))


def missed(deadlines: QuerySet) -> QuerySet:
    """Keep checks whose day has passed."""
    return deadlines.filter(state=DeadlineState.BREACHED)


WORK = [
    WorkSource(rules=(RULE,), roles=(Role.ENTERPRISE,), row=check_row, related=RELATED, with_facts=with_days),
    WorkSource(
        rules=("inspections.compose_list",), roles=(Role.ENTERPRISE,), row=compose_row, related=RELATED
    ),
    WorkSource(
        rules=("inspections.accept_list",),
        roles=(Role.TOWN,),
        row=accept_row,
        related=RELATED,
        with_facts=with_days,
    ),
    WorkSource(
        rules=(RULE,),
        roles=(Role.TOWN,),
        row=missed_row,
        related=RELATED,
        narrow=missed,
        with_facts=with_days,
    ),
]
