"""The clock of the demo city: it can be moved forward, so that a deadline passes while one looks on.

Only where settings.DEMO is on. The offset stands in a small file of the data folder, which every process of the
demo looks at, so web, worker and beat agree. The builder of the city travels back with `travelled_to`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_elsewhere: ContextVar[datetime | None] = ContextVar("demo_moment", default=None)
# What the file said when it was last read, by its time stamp: reading it costs one stat.
_read: tuple[str, int, timedelta] | None = None


def install() -> None:
    """Let `timezone.now()` tell the demo's time; the project calls it by attribute everywhere."""
    timezone.now = now


def now() -> datetime:
    """Return the moment of the demo: that of the traveller, or the machine's with the offset."""
    moment = _elsewhere.get()
    return moment if moment is not None else datetime.now(tz=UTC) + offset()


def offset() -> timedelta:
    """Return how far the demo's clock is ahead of the machine's."""
    global _read  # noqa: PLW0603 - one clock per process is the point
    path = clock_file()
    try:
        changed = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if _read is None or _read[:2] != (str(path), changed):
        _read = (str(path), changed, timedelta(seconds=int(path.read_text() or 0)))
    return _read[2]


def move(by: timedelta) -> timedelta:
    """Move the clock forward for every process; return the whole offset."""
    if by <= timedelta(0):
        raise ValueError("The demo's clock moves forward only.")
    whole = offset() + by
    path = clock_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(str(int(whole.total_seconds())))
    fresh.replace(path)
    return whole


def reset() -> None:
    """Let the demo's clock tell the machine's time again."""
    clock_file().unlink(missing_ok=True)


def clock_file() -> Path:
    """Return where the offset stands."""
    return Path(settings.DATA_DIR) / "demo-clock"


@contextmanager
def travelled_to(moment: datetime) -> Iterator[None]:
    """Have the clock stand at the moment inside the block, so that what the database notes by itself agrees."""
    token = _elsewhere.set(moment)
    try:
        yield
    finally:
        _elsewhere.reset(token)
