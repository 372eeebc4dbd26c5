"""The code on an enterprise's door plate: its key and a few signs that tell a misread code from a real one.

It opens nothing by itself; who scans it signs in, and sees what they may see anyway. The signs are made with the salts
that the installation keeps for ever, so that a plate on a wall outlives a change of the secret key.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from enterprises.models import Enterprise

SIGNS = 6
LONGEST_KEY = 13


def token_of(pk: int) -> str:
    """Return the token of the enterprise's plate."""
    key = int_to_base36(pk)
    return f"{key}-{signs(key, settings.SALT_KEY[0])}"


def key_of(token: str) -> int | None:
    """Return the key of the enterprise, or None for a token that no plate of ours bears."""
    key, _dash, given = token.lower().partition("-")
    if not key or len(key) > LONGEST_KEY:
        return None
    if not any(constant_time_compare(signs(key, salt), given) for salt in settings.SALT_KEY):
        return None
    return base36_to_int(key)


def signs(key: str, salt: str) -> str:
    """Return the signs after the key."""
    return salted_hmac("enterprises.plate", key, secret=salt, algorithm="sha256").hexdigest()[:SIGNS]


def address_of(enterprise: Enterprise) -> str:
    """Return the whole address that the plate's code holds."""
    return settings.BASE_URL.rstrip("/") + reverse("plate", args=[token_of(enterprise.pk)])
