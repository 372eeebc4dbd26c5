"""What stands for a receiver in keys and caps, where the number itself may not stand."""

import hashlib
import hmac
from typing import Any

from django.conf import settings


def person_key(user: Any) -> str:
    """Return what stands for a person in keys and caps."""
    return f"user-{user.pk}"


def phone_key(number: str) -> str:
    """Return what stands for a bare number: a keyed hash, because the number itself is encrypted at rest."""
    digest = hmac.new(settings.SECRET_KEY.encode(), number.encode(), hashlib.sha256).hexdigest()
    return f"phone-{digest[:40]}"
