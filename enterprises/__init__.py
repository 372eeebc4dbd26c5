"""One enterprise, one file."""
