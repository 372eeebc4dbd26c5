"""The chain: each entry's hash holds the one before, so that a changed or missing entry shows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from audit.models import Entry, Seal

GENESIS = "0" * 64
LOCK = 735_201_001
BATCH = 5000
# Entries take their ids before they commit. One of a long transaction shows up behind the last sealed id; the minute's
# round looks this far back, and the round of the night looks at everything.
LATE = 100_000
FIELDS = (
    "id",
    "at",
    "recorded_at",
    "actor_id",
    "actor_name",
    "post_title",
    "on_behalf_of_id",
    "verb",
    "target_type_id",
    "target_id",
    "target_label",
    "region",
    "reason",
    "data",
    "ip",
)


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    seq: int
    entry_id: int | None
    what: str


def canonical(entry: Entry) -> str:
    """Return all columns of an entry in the one form that is hashed: sorted keys, moments in UTC."""
    facts = {name: getattr(entry, name) for name in FIELDS}
    return json.dumps(facts, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(previous: str, entry: Entry) -> str:
    """Return the hash of an entry after the one before it."""
    return hashlib.sha256(f"{previous}{canonical(entry)}".encode()).hexdigest()


def seal_all(*, everything: bool = False) -> int:
    """Seal batch after batch until nothing waits; return how many entries were sealed."""
    total = 0
    while sealed := seal(everything=everything):
        total += sealed
    return total


@transaction.atomic
def seal(limit: int = BATCH, *, everything: bool = False) -> int:
    """Seal entries that have no link yet; return how many. A second sealer at the same time does nothing."""
    if not _alone():
        return 0
    last = Seal.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    links = []
    for entry in _waiting(everything)[:limit]:
        seq += 1
        link = Seal(entry=entry, seq=seq, previous_hash=previous, hash=digest(previous, entry))
        links.append(link)
        previous = link.hash
    Seal.objects.bulk_create(links)
    return len(links)


def head() -> tuple[int, str]:
    """Return the number and hash of the last link: kept elsewhere, they show whether the end was cut off."""
    last = Seal.objects.order_by("-seq").first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def faults() -> Iterator[Fault]:
    """Walk the chain from its beginning and give every place where it does not hold."""
    previous, expected = GENESIS, 1
    # Prefetched, not joined: a join would leave out the links whose entries are gone.
    for link in Seal.objects.order_by("seq").prefetch_related("entry").iterator(chunk_size=2000):
        if link.seq != expected:
            yield Fault(expected, None, _missing(expected, link.seq - 1))
        elif link.previous_hash != previous:
            yield Fault(link.seq, link.entry_id, "does not follow the link before it")
        if what := _broken(link):
            yield Fault(link.seq, link.entry_id, what)
        previous, expected = link.hash, link.seq + 1


def guards_off() -> list[str]:
    """Return the triggers that keep entries and seals from being changed, and that are not in force."""
    found = []
    with connection.cursor() as cursor:
        for model in (Entry, Seal):
            for trigger in model._meta.triggers:
                name = trigger.get_pgid(model)
                cursor.execute(
                    "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled <> 'D'",
                    [model._meta.db_table, name],
                )
                if cursor.fetchone() is None:
                    found.append(f"{model._meta.db_table}: {trigger.name}")
    return found


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _waiting(everything: bool) -> Any:
    """Entries without a link, in the order of their ids; both sides are bounded so that only the end is read."""
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    floor = 0 if everything else newest - LATE
    sealed = Seal.objects.filter(entry_id=OuterRef("pk"), entry_id__gt=floor)
    return Entry.objects.filter(~Exists(sealed), pk__gt=floor).order_by("pk")


def _broken(link: Seal) -> str:
    entry = getattr(link, "entry", None)
    if entry is None:
        return "the entry is gone"
    if link.hash != digest(link.previous_hash, entry):
        return "the entry is not what was sealed"
    return ""


def _missing(first: int, last: int) -> str:
    return f"link {first} is missing" if first == last else f"links {first} to {last} are missing"


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"An entry holds {value!r}, which has no fixed form.")
