"""Pages of the major hazard sources."""
