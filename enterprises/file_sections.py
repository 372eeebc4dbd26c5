"""What this app puts into the printed file of an enterprise."""

from enterprises.onefile import facts, ledgers, life, sources

SECTIONS = [*facts.SECTIONS, *ledgers.SECTIONS, *sources.SECTIONS, *life.SECTIONS]
