"""Who asks: a token in the header, what its person may see, and how often it may ask."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from enterprises.api.words import speak
from enterprises.models import ApiToken
from enterprises.services.exchange import digest_of

MINUTE = 60
# Written down no more often than this, so that reading the API writes little.
SEEN_EVERY = timedelta(minutes=1)


class TooMany(Exception):
    """The token has asked more often in this minute than it may."""


class TokenBearer(HttpBearer):
    """Authorization: Bearer sw_…"""

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """Look for the token, and answer in the language asked for, also where there is none."""
        speak(request)
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token that holds today, or None; raises TooMany when it asks too often."""
        rows = ApiToken.objects.select_related("user", "organisation")
        held = rows.filter(digest=digest_of(token)).first()
        now = timezone.now()
        if held is None or not held.holds_on(timezone.localdate(now)):
            return None
        count(held)
        if held.last_used_at is None or now - held.last_used_at >= SEEN_EVERY:
            ApiToken.objects.filter(pk=held.pk).update(last_used_at=now)
        return held


def count(token: ApiToken) -> None:
    """Count one request of the running minute; raises TooMany beyond what the token may ask."""
    key = f"enterprises:api:{token.pk}:{int(timezone.now().timestamp()) // MINUTE}"
    cache.add(key, 0, MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:
        # The minute ran out between the two lines.
        asked = 1
    if asked > token.per_minute:
        raise TooMany
