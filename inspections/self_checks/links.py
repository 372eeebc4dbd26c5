"""What becomes of self-check lists when the files of their enterprise merge, or are parted again.

Of two lists in use the one of the kept file stays in use, and of two that are being composed likewise; the other is
replaced. Both keep their editions: the one that came takes the next free number.
"""

from datetime import datetime

from django.db.models import Max

from deadlines import services as deadlines
from enterprises.life.links import Link, Room
from inspections.models import SelfCheckList
from inspections.self_checks.clock import start_clock
from inspections.self_checks.lifecycle import SELF_CHECK_LIST
from lifecycle.services import perform

# An enterprise has one list of each group at most.
IN_WORK, IN_USE = ("draft", "submitted"), ("accepted",)


def stand_beside(row: SelfCheckList, kept: int, at: datetime) -> None:
    """Give the list the next number, and put it out of use where the kept file has one in its place."""
    group = next((states for states in (IN_WORK, IN_USE) if row.state in states), ())
    if SelfCheckList.objects.filter(enterprise=kept, state__in=group).exists():
        with perform(SELF_CHECK_LIST, "supersede_list", row, by=None, at=at, data={"merged": kept}) as held:
            held.next_check_on = None
    both = SelfCheckList.objects.filter(enterprise__in=(kept, row.enterprise_id))
    number = both.aggregate(last=Max("number"))["last"] + 1
    SelfCheckList.objects.filter(pk=row.pk).update(number=number)


def go_on(row: SelfCheckList, at: datetime) -> None:
    """Let the clock of the state run again to which the list has come back."""
    if row.state == "accepted":
        start_clock(row, at=at)
        row.save(update_fields=["next_check_on"])
    elif rule := SELF_CHECK_LIST.state(row.state).deadline:
        deadlines.start(row, rule, at=at)


LINKS = [Link("inspections.SelfCheckList", "enterprise", room=Room(stand_beside, go_on))]
