"""Measurements at scale, each beside its floor; `make bench` runs them."""
