"""Pages of self-check lists."""
