"""The ledger of dangerous work: a permit for each job (GB 30871)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from enterprises.models.ledgers.base import LedgerRow, chosen, in_order, moment, never, once, words


class WorkKind(models.TextChoices):
    """The eight kinds of dangerous work."""

    HOT_WORK = "hot_work", _("hot work")
    CONFINED_SPACE = "confined_space", _("work in a confined space")
    BLIND_PLATE = "blind_plate", _("fitting or drawing of blind plates")
    HEIGHT = "height", _("work at height")
    LIFTING = "lifting", _("lifting work")
    TEMPORARY_POWER = "temporary_power", _("temporary electricity")
    EARTHWORK = "earthwork", _("earthwork")
    ROAD_CLOSURE = "road_closure", _("closing of a road")


class WorkLevel(models.TextChoices):
    """How dangerous a job of its kind is."""

    SPECIAL = "special", _("special level")
    FIRST = "first", _("level one")
    SECOND = "second", _("level two")
    THIRD = "third", _("level three")
    FOURTH = "fourth", _("level four")


# Kinds that are graded, each with its levels; the others have none.
LEVELS = {
    WorkKind.HOT_WORK: (WorkLevel.SPECIAL, WorkLevel.FIRST, WorkLevel.SECOND),
    WorkKind.HEIGHT: (WorkLevel.FIRST, WorkLevel.SECOND, WorkLevel.THIRD, WorkLevel.FOURTH),
    WorkKind.LIFTING: (WorkLevel.FIRST, WorkLevel.SECOND, WorkLevel.THIRD),
}


def fitting() -> Q:
    """Return the condition that the level is one of the kind's own, or that there is none where the kind has none."""
    found = ~Q(kind__in=tuple(LEVELS)) & Q(level="")
    for kind, levels in LEVELS.items():
        found |= Q(kind=kind, level__in=levels)
    return found


@tracked
class WorkPermit(LedgerRow):
    """A permit for a job of dangerous work (危险作业票)."""

    CODE = "work_permits"

    number = words(_("number of the permit"), 60, needed=True)
    kind = chosen(_("kind of work"), WorkKind, default=WorkKind.HOT_WORK)
    level = chosen(
        _("level of the work"),
        WorkLevel,
        blank=True,
        help_text=_("Of hot work, work at height and lifting work"),
    )
    place = words(_("place in the works"), needed=True)
    job = words(_("what is done"), 120)
    from_at = moment(_("work begins"))
    to_at = moment(_("work ends"))
    applicant = words(_("applicant"), 40)
    guardian = words(_("person who watches"), 40)
    approver = words(_("approved by"), 40)

    class Meta(LedgerRow.Meta):
        verbose_name = _("dangerous-work permit")
        verbose_name_plural = _("Dangerous-work permits")
        constraints = [
            once("work_permit", "number"),
            in_order("work_permit", "from_at", "to_at"),
            never(
                "work_permit_level_of_another_kind",
                ~fitting(),
                "level",
                _(
                    "Hot work is special, one or two; work at height one to four; lifting one to three. "
                    "Other kinds have no level."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
