"""Minimal valid rows for the tests, without randomness."""
