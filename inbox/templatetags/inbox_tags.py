"""Small words of the SMS log."""

from django import template

from accounts.masking import mask_phone
from inbox.models import DeliveryState

register = template.Library()
# How far the disk of a message's state is filled (look §7). A failed one shows as a mistake instead (§5).
PHASES = {
    DeliveryState.QUEUED: "0",
    DeliveryState.SENDING: "1",
    DeliveryState.SENT: "done",
    DeliveryState.EXPIRED: "void",
    DeliveryState.UNKNOWN: "pause",
}


@register.filter
def masked_phone(number: str) -> str:
    """The number without its middle."""
    return mask_phone(number)


@register.filter
def delivery_phase(state: str) -> str:
    """The phase of the state's disk."""
    return PHASES[DeliveryState(state)]
