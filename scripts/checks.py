"""What can be wrong with the environment, each told in one sentence before anything is started."""

import os
from urllib.parse import urlsplit

import psycopg2
import redis

from config.embedded.state import bindable

OLDEST_POSTGRES = 150000


def wanted_address():
    """Host and port to serve at, from HOST and PORT; raises SystemExit where they are wrong or taken."""
    host, raw = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        raise SystemExit(f"PORT must be a number from 1 to 65535, not {raw!r}.")
    if not bindable(int(raw), host):
        raise SystemExit(
            f"Port {raw} of {host} is in use or not allowed; choose another one, like "
            f"PORT={int(raw) % 65535 + 1} make run."
        )
    return host, int(raw)


def check_database(url):
    """Raise SystemExit unless a new enough PostgreSQL answers at that address."""
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise SystemExit("DATABASE_URL must begin with postgres:// and lead to PostgreSQL 15 or newer.")
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except (psycopg2.Error, ValueError) as error:
        raise SystemExit(
            f"No database answers at {_place(url)} (DATABASE_URL): {_first_line(error)}"
        ) from error
    with connection:
        version = connection.server_version
    connection.close()
    if version < OLDEST_POSTGRES:
        raise SystemExit(
            f"The database at {_place(url)} is PostgreSQL {version // 10000}; 15 or newer is needed."
        )


def check_broker(url):
    """Raise SystemExit unless a Redis or Valkey server answers at that address."""
    try:
        redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise SystemExit(
            f"No Redis server answers at {_place(url)} (REDIS_URL): {_first_line(error)}"
        ) from error


def _place(url):
    # Without user and password: the sentence may end up in a log.
    return urlsplit(url).netloc.rpartition("@")[2] or "the local socket"


def _first_line(error):
    return str(error).strip().partition("\n")[0].rstrip(".") + "."
