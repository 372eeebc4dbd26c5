"""Five wrong passwords close an account's door for a quarter of an hour (handbook §16.1)."""

import hashlib

from django.core.cache import cache

TRIES = 5
CLOSED_MINUTES = 15


def knock(login: str) -> bool:
    """Count a try before the password is looked at; return False while the door is closed.

    Counting first keeps tries that come at the same moment from slipping through together. The quarter of an hour
    runs from the last try that was let through, so that knocking on a closed door does not keep it closed.
    """
    key, seconds = _key(login), CLOSED_MINUTES * 60
    cache.add(key, 0, seconds)
    try:
        tries = cache.incr(key)
    except ValueError:
        # It ran out between the two lines.
        cache.set(key, 1, seconds)
        return True
    if tries > TRIES:
        return False
    cache.touch(key, seconds)
    return True


def forget(login: str) -> None:
    """Forget the wrong tries after a right one."""
    cache.delete(_key(login))


def _key(login: str) -> str:
    return "accounts:tries:" + hashlib.sha256(login.strip().lower().encode()).hexdigest()
