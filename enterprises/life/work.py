"""What the life of a file puts on whose work list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Role, User
from deadlines.models import Deadline
from enterprises.life.handover import REACH
from enterprises.life.tables import DECIDE, RECHECK, SEASON, VERIFY
from enterprises.models import Enterprise, Transfer
from inbox.worklist import WorkRow, WorkSource


def line(enterprise: Enterprise, label: str, next_label: str, verb: str = "") -> WorkRow:
    """Return the line of a file; without a verb its page is the next step."""
    return WorkRow(
        label=label,
        party=enterprise.name,
        why=enterprise.get_operating_status_display(),
        place=enterprise.region.name,
        url=enterprise.get_absolute_url(),
        next_label=next_label,
        next_url=reverse(f"enterprises:{verb}", args=[enterprise.pk]) if verb else "",
        verb=verb,
    )


def verify_row(deadline: Deadline, enterprise: Enterprise, user: User) -> WorkRow:
    """A stop was reported: look on site. The page knows which kind of stop is to be confirmed."""
    return line(enterprise, _("Look whether it has stopped"), _("Look"))


def recheck_row(deadline: Deadline, enterprise: Enterprise, user: User) -> WorkRow:
    """A month has passed: look again."""
    return line(enterprise, _("Look at the stopped enterprise again"), _("Look"), "recheck_stop")


def season_row(deadline: Deadline, enterprise: Enterprise, user: User) -> WorkRow:
    """The season begins: work is resumed."""
    return line(enterprise, _("Seasonal stop ends"), _("Resume"), "resume")


def reach_row(deadline: Deadline, enterprise: Enterprise, user: User) -> WorkRow:
    """Nothing was heard of the safety officer."""
    return line(enterprise, _("Reach the enterprise: nobody answers"), pgettext("work", "Open"))


def transfer_row(deadline: Deadline, transfer: Transfer, user: User) -> WorkRow:
    """A file was offered: take it over or not."""
    return WorkRow(
        label=_("Answer the transfer of a file"),
        party=transfer.enterprise.name,
        why=f"{transfer.from_region.name} → {transfer.region.name} · {transfer.reason}",
        place=transfer.region.name,
        url=transfer.get_absolute_url(),
        next_label=_("Answer"),
        next_url=reverse("enterprises:accept_transfer", args=[transfer.pk]),
        verb="accept_transfer",
    )


def source(rule: str, roles: tuple[str, ...], row: Any, *related: str) -> WorkSource:
    """Return a work source of one clock."""
    return WorkSource(rules=(rule,), roles=roles, row=row, related=related or ("region",))


LIFE_WORK = [
    source(VERIFY, (Role.TOWN,), verify_row),
    source(RECHECK, (Role.TOWN,), recheck_row),
    source(SEASON, (Role.TOWN, Role.ENTERPRISE), season_row),
    source(REACH, (Role.TOWN,), reach_row),
    source(DECIDE, (Role.COUNTY,), transfer_row, "enterprise", "region", "from_region"),
]
