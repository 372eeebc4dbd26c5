"""The entries of the discretion benchmark (裁量基准): which breach of which duty is punished by which clause.

What ships is the frame of 应急〔2024〕90号 as far as the clauses are verified (handbook §7.8). The steps inside the range
that a clause sets are published by each bureau and are not guessed here: the range is read in the article itself.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rulebook.models import Mark

DATA = Path(__file__).resolve().parent / "data" / "discretion.csv"
# Where one thing to look at can breach several duties, it names an entry for each.
SEPARATOR = ";"


@dataclass(frozen=True)
class Entry:
    """One entry: its code, what is done wrong, the duties breached and the clause of penalty, as AWSL:97."""

    code: str
    violation: str
    violated: tuple[str, ...]
    penalty: str
    mark: Mark


@cache
def entries() -> Mapping[str, Entry]:
    """Return every entry under its code."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _entry(row) for row in csv.DictReader(lines)}


def codes_in(text: str) -> list[str]:
    """Return the codes that a text names, each once."""
    return list(dict.fromkeys(code for part in text.split(SEPARATOR) if (code := part.strip())))


def named(text: str) -> list[tuple[str, Entry | None]]:
    """Return the codes that a text names, each with its entry; None for one that only the bureau's own benchmark has."""
    return [(code, entries().get(code)) for code in codes_in(text)]


def punished_by() -> frozenset[str]:
    """Return the clauses of penalty for which there is an entry."""
    return frozenset(entry.penalty for entry in entries().values())


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        row["code"], row["violation"], tuple(codes_in(row["violated"])), row["penalty"], Mark(row["mark"])
    )
