"""Raising doubts in sets, dropping those that no longer hold, and what a person says after looking into one.

A doubt is known by its enterprise, its kind and a key that says what it is about, so that finding it again every night
changes nothing. Where somebody has said there is an explanation, or that the doubt is right, it is not raised again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localdate

from accounts.models import User
from inspections.doubts.asking import Found
from inspections.doubts.detection import DETECTORS
from inspections.doubts.lifecycle import DOUBT
from inspections.models import Doubt
from lifecycle.refusals import WrongState
from lifecycle.services import begin, perform

# Of each kind in one night, the heaviest first: the rest comes the next nights, and nobody's list floods.
MOST = 2000
BATCH = 1000
DECIDED = ("explained", "upheld")
# How far back evidence is looked for; what is older stays until somebody has looked into it.
WINDOW = timedelta(days=92)


def find_doubts(*, at: datetime, most: int = MOST) -> tuple[int, int]:
    """Look for every kind of doubt; return how many were raised and how many were dropped."""
    raised = dropped = 0
    for kind in DETECTORS:
        up, down = find_kind(kind, at=at, most=most)
        raised, dropped = raised + up, dropped + down
    return raised, dropped


@transaction.atomic
def find_kind(kind: str, *, at: datetime, most: int = MOST) -> tuple[int, int]:
    """Look for one kind of doubt by its statement."""
    one_pass_at_a_time(kind)
    today = localdate(at)
    since = today - WINDOW
    found = {(row.enterprise, row.key): row for row in DETECTORS[kind](since, today)}
    known = known_doubts(kind, list(found.values()))
    looked = looked_into(kind, list(found.values()))
    new = [
        row
        for mark, row in found.items()
        if known.get(mark, "gone") == "gone" and not rests_on_nothing_new(row, looked)
    ]
    new.sort(key=lambda row: (-row.weight, row.enterprise, row.key))
    for row in new[:most]:
        raise_doubt(kind, row, again=(row.enterprise, row.key) in known, at=at)
    return min(len(new), most), drop_gone(kind, set(found), since, at=at)


def one_pass_at_a_time(kind: str) -> None:
    """Let two passes look one after the other, so that the second knows what the first has raised."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"inspections.doubts:{kind}"]
        )


def known_doubts(kind: str, found: Sequence[Found]) -> dict[tuple[int, str], str]:
    """Return the newest state of what was found before."""
    states: dict[tuple[int, str], str] = {}
    enterprises = sorted({row.enterprise for row in found})
    for start in range(0, len(enterprises), BATCH):
        rows = Doubt.objects.filter(kind=kind, enterprise__in=enterprises[start : start + BATCH])
        for enterprise, key, state in rows.order_by("pk").values_list("enterprise", "key", "state"):
            states[enterprise, bare(key)] = state
    return states


def looked_into(kind: str, found: Sequence[Found]) -> dict[int, list[set]]:
    """Return what the doubts rested on about which somebody has said something, by enterprise."""
    records: dict[int, list[set]] = {}
    enterprises = sorted({row.enterprise for row in found})
    for start in range(0, len(enterprises), BATCH):
        rows = Doubt.objects.filter(kind=kind, enterprise__in=enterprises[start : start + BATCH])
        for enterprise, evidence in rows.filter(state__in=DECIDED).values_list("enterprise", "evidence"):
            records.setdefault(enterprise, []).append(rests_on(evidence))
    return records


def rests_on(evidence: Mapping[str, Any]) -> set[tuple[str, int]]:
    """Return the records on which a doubt rests."""
    return {(name, key) for name in ("hazards", "visits", "photos") for key in evidence.get(name, ())}


def rests_on_nothing_new(found: Found, looked: Mapping[int, list[set]]) -> bool:
    """Say whether somebody has seen all of it: a wording at another middle is no other doubt."""
    records = rests_on(found.evidence)
    return bool(records) and any(records <= before for before in looked.get(found.enterprise, ()))


def bare(key: str) -> str:
    """Return the key without the day on which the doubt came back."""
    return key.partition("/")[0]


@transaction.atomic
def raise_doubt(kind: str, found: Found, *, again: bool = False, at: datetime) -> Doubt:
    """Put one doubt on the list, with what it rests on; one that had gone comes back as a new one."""
    key = f"{found.key}/{localdate(at):%Y%m%d}" if again else found.key
    doubt = Doubt(
        enterprise_id=found.enterprise,
        kind=kind,
        key=key,
        evidence=dict(found.evidence) | {"day": found.day.isoformat()},
        weight=found.weight,
        found_at=at,
        seen_at=at,
    )
    return begin(DOUBT, "raise_doubt", doubt, by=None, at=at)


def drop_gone(kind: str, found: set[tuple[int, str]], since: date, *, at: datetime) -> int:
    """Note on open doubts that they were found again, and drop those that were not though their evidence is recent."""
    rows = Doubt.objects.filter(kind=kind, state="open", evidence__day__gte=since.isoformat())
    gone = [doubt for doubt in rows if (doubt.enterprise_id, bare(doubt.key)) not in found]
    rows.exclude(pk__in=[doubt.pk for doubt in gone]).update(seen_at=at)
    dropped = 0
    for doubt in gone:
        # Somebody may have looked into it in between; then that word stands.
        with suppress(WrongState), perform(DOUBT, "drop_doubt", doubt, by=None, at=at):
            dropped += 1
    return dropped


def explain_doubt(doubt: Doubt, *, reason: str, by: User, at: datetime, version: int | None = None) -> Doubt:
    """Say that there is an explanation: nothing is held against the enterprise."""
    return decide(doubt, "explain_doubt", reason=reason, by=by, at=at, version=version)


def uphold_doubt(doubt: Doubt, *, reason: str, by: User, at: datetime, version: int | None = None) -> Doubt:
    """Say that the doubt is right, with what was found; it weighs in the score of the enterprise for a year."""
    return decide(doubt, "uphold_doubt", reason=reason, by=by, at=at, version=version)


def decide(doubt: Doubt, verb: str, *, reason: str, by: User, at: datetime, version: int | None) -> Doubt:
    """Close a doubt by a person's word."""
    with perform(DOUBT, verb, doubt, by=by, at=at, reason=reason, version=version) as held:
        held.decided_by, held.decided_at = by, at
        held.note = reason.strip()[:500]
    return held
