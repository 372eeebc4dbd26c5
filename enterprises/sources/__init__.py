"""Major hazard sources (危险化学品重大危险源): identified, graded, assessed, filed and watched (handbook §4)."""
