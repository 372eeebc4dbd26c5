"""A file moves to another district: asked by the one, taken over or refused by the other; its history stays."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from deadlines.services import relocate_all
from enterprises.life.links import links
from enterprises.life.open_items import open_transfer
from enterprises.life.tables import ENTERPRISE, TRANSFER
from enterprises.models import Enterprise, Transfer
from lifecycle.services import begin, perform
from regions.models import Region, RegionLevel


def ask_transfer(
    enterprise: Enterprise,
    *,
    to_region: Region,
    reason: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Enterprise:
    """Offer the file to another county, town or village of the city; nothing moves before it is taken over there."""
    data = {"to": to_region.pk}
    with perform(
        ENTERPRISE, "ask_transfer", enterprise, by=by, at=at, reason=reason, data=data, version=version
    ) as row:
        if to_region.level < RegionLevel.COUNTY:
            raise ValidationError({"to_region": _("Choose a county, a town or a village.")})
        if row.region_id.startswith(to_region.pk):
            raise ValidationError({"to_region": _("The file lies there already.")})
        transfer = Transfer(
            enterprise=row,
            region=to_region,
            from_region_id=row.region_id,
            reason=reason,
            asked_by=by,
            asked_at=at,
        )
        begin(TRANSFER, "open_transfer", transfer, by=by, at=at, reason=reason)
    return row


def withdraw_transfer(
    enterprise: Enterprise, *, note: str = "", by: User, at: datetime, version: int | None = None
) -> Enterprise:
    """Take back a transfer that the other district has not answered."""
    with (
        perform(
            ENTERPRISE, "withdraw_transfer", enterprise, by=by, at=at, reason=note, version=version
        ) as row,
        perform(TRANSFER, "end_transfer", open_transfer(row), by=None, at=at, reason=note) as transfer,
    ):
        transfer.decided_by, transfer.decided_at, transfer.decision_reason = by, at, note
    return row


@transaction.atomic
def accept_transfer(
    transfer: Transfer, *, region: Region, by: User, at: datetime, version: int | None = None
) -> Transfer:
    """Take the file over into a place of one's own: open work and running clocks come along, what is closed stays."""
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=transfer.enterprise_id)
    with perform(TRANSFER, "accept_transfer", transfer, by=by, at=at, version=version) as row:
        if not region.pk.startswith(row.region_id):
            raise ValidationError({"region": _("The file was offered to %(place)s.") % {"place": row.region}})
        row.decided_by, row.decided_at = by, at
        settle_in(enterprise, region, at=at)
        # Only now does the person's post cover it.
        enterprise.refresh_from_db()
        record(by, "enterprises.accept_transfer", enterprise, at=at, data={"from": row.from_region_id})
    return row


def refuse_transfer(
    transfer: Transfer, *, reason: str, by: User, at: datetime, version: int | None = None
) -> Transfer:
    """Leave the file where it is, with the reason."""
    with perform(TRANSFER, "refuse_transfer", transfer, by=by, at=at, reason=reason, version=version) as row:
        row.decided_by, row.decided_at, row.decision_reason = by, at, reason
    return row


def settle_in(enterprise: Enterprise, region: Region, *, at: datetime) -> None:
    """Put the file and what is open on it into the new place; the grid is chosen there."""
    enterprise.region, enterprise.grid, enterprise.updated_at = region, None, at
    enterprise.save()
    for link in links():
        if link.moves_home:
            link.moves_home(link.of(enterprise.pk)).update(region=region)
    relocate_all(enterprise.pk, region_id=region.pk)
