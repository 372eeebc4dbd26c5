"""What happens elsewhere and means something to the files of enterprises."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from enterprises.truth.bounced import hear_failure
from inbox.models import Delivery
from inbox.signals import delivery_failed


@receiver(delivery_failed)
def contact_out_of_reach(sender: Any, *, delivery: Delivery, at: datetime, **more: Any) -> None:
    """A text message was given up: perhaps the contact of an enterprise is gone."""
    hear_failure(delivery, at=at)
