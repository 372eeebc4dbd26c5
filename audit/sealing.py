"""The chain: each entry's hash holds the one before, so that a changed or missing entry shows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from audit.models import Entry, Seal

GENESIS = "0" * 64
LOCK = 735_201_001
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


def digest(previous: str, entry: Entry) -> str:
    """Return the hash of an entry after the one before it, over all its columns in a fixed form."""
    facts = {name: getattr(entry, name) for name in FIELDS}
    text = json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


@transaction.atomic
def seal(limit: int = 5000) -> int:
    """Seal entries that have no link yet; return how many. A second sealer at the same time does nothing.

    Entries are taken in the order of their ids; one that commits late, with a lower id, is sealed in the next round.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    last = Seal.objects.order_by("-seq").first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    links = []
    for entry in Entry.objects.filter(seal=None).order_by("id")[:limit]:
        seq += 1
        link = Seal(entry=entry, seq=seq, previous_hash=previous, hash=digest(previous, entry))
        links.append(link)
        previous = link.hash
    Seal.objects.bulk_create(links)
    return len(links)


def faults() -> Iterator[Fault]:
    """Walk the chain from its beginning and give every place where it does not hold."""
    previous, expected = GENESIS, 1
    for link in Seal.objects.select_related("entry").order_by("seq").iterator(chunk_size=2000):
        if link.seq != expected:
            yield Fault(link.seq, link.entry_id, f"links {expected} to {link.seq - 1} are missing")
        if link.previous_hash != previous:
            yield Fault(link.seq, link.entry_id, "does not follow the link before it")
        if link.hash != digest(link.previous_hash, link.entry):
            yield Fault(link.seq, link.entry_id, "the entry is not what was sealed")
        previous, expected = link.hash, link.seq + 1
