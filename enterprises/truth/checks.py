"""What the town verifies because nobody has confirmed it for too long: the status on site, the contact (handbook §3.7)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from deadlines.models import Deadline
from deadlines.sets import cancel_set, start_set
from enterprises.groups import CHECKED
from enterprises.life.handover import REACH
from enterprises.life.tables import RECHECK, SEASON, VERIFY
from enterprises.models import Conflict, Enterprise

# The town is on its way for the same already.
SAME_ERRAND = {"status": (VERIFY, RECHECK, SEASON), "contact": (REACH,)}


def start_checks(*, at: datetime) -> tuple[int, int]:
    """Ask towns to verify what is stale, and take back what is stale no more; return how many of each.

    It reads the ratings, so it follows a pass over them. Doing it twice does nothing.
    """
    dropped = sum(cancel_set(needless(code), at=at) for code in CHECKED)
    started = sum(start_set(to_verify(code), rule, at=at, label="name") for code, rule in CHECKED.items())
    return started, dropped


def stale_files(group: str) -> QuerySet[Enterprise]:
    """Return the files under supervision of which the group does not count."""
    return Enterprise.objects.in_supervision().filter(quality__stale__contains=[group])


def to_verify(group: str) -> QuerySet[Enterprise]:
    """Return the stale files about which nothing else sends the town out already."""
    disputed = Conflict.objects.filter(enterprise=OuterRef("pk"), group=group, state="open")
    errands = Deadline.objects.open().filter(enterprise_id=OuterRef("pk"), rule__in=SAME_ERRAND[group])
    return stale_files(group).filter(~Exists(disputed), ~Exists(errands))


def needless(group: str) -> QuerySet[Deadline]:
    """Return open checks of files in which the group counts again, or that nobody supervises any more."""
    still = stale_files(group).filter(pk=OuterRef("target_id"))
    return Deadline.objects.open().filter(~Exists(still), rule=CHECKED[group])
