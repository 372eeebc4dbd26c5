"""Contact numbers whose text messages come back: a sign that the contact has left (handbook §3.7)."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from enterprises.models import Conflict, Enterprise
from enterprises.truth.conflicts import report_conflict
from inbox.models import Delivery, DeliveryState
from rulebook.services import parameter


def hear_failure(delivery: Delivery, *, at: datetime) -> list[Conflict]:
    """Report a conflict at the enterprises whose contact number has failed as often in a row as the rulebook says.

    It is heard once for each message given up; while the conflict is open, nothing is reported again.
    """
    if failures_in_a_row(delivery) < allowed(delivery, at):
        return []
    rows = Enterprise.objects.active().filter(contact_phone=delivery.phone)
    if delivery.region_id:
        rows = rows.filter(county_code=delivery.region_id[:6])
    with translation.override(settings.LANGUAGE_CODE):
        # In the language of the record, so that the same is recognised as the same.
        seen = _("Text messages to this number come back")
    return [
        report_conflict(
            enterprise,
            field="contact_phone",
            seen=seen,
            source="sms",
            reference=delivery.template_code,
            by=None,
            at=at,
        )
        for enterprise in rows
    ]


def failures_in_a_row(delivery: Delivery) -> int:
    """Count the messages to the same receiver that failed since the last one that arrived."""
    rows = Delivery.objects.filter(recipient=delivery.recipient)
    arrived = (
        rows.filter(state=DeliveryState.SENT).order_by("-claimed_at").values_list("claimed_at", flat=True)
    )
    failed = rows.filter(state=DeliveryState.FAILED)
    last = arrived.first()
    return (failed.filter(claimed_at__gt=last) if last else failed).count()


def allowed(delivery: Delivery, at: datetime) -> int:
    """Return after how many failures in a row a contact counts as gone."""
    return int(
        parameter("STALE_CONTACT_FAILED_SMS", on=localdate(at), region=delivery.region_id or "").amount
    )
